package dev.backstop.config;

import dev.backstop.config.Node.Entry;
import dev.backstop.config.Node.Mapping;
import dev.backstop.config.Node.Place;
import dev.backstop.config.Node.Scalar;
import dev.backstop.config.Node.Sequence;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Builds the nodes of a text from the parser's events, up to its end or the first place where it is
 * no YAML, noting what must not be there.
 *
 * <p>Events come one by one from a parser that does not recurse, so neither deep nesting nor
 * aliases of aliases cost anything before they are refused.
 */
final class YamlTree {

  private static final int MOST_ALIASES = 10;
  private static final int DEEPEST = 20;

  private final Problems problems;
  private final String text;
  private final int textEnd;
  private final List<Node> documents = new ArrayList<>();
  private final Deque<Level> levels = new ArrayDeque<>();
  private final Map<String, Node> anchors = new HashMap<>();
  private boolean isSound = true;
  private int aliases;

  /** A collection that goes on, and the key that waits for its value. */
  private static final class Level {
    final Node collection;
    @Nullable Node key;

    Level(Node collection) {
      this.collection = collection;
    }
  }

  private YamlTree(String text, Problems problems) {
    this.text = text;
    this.problems = problems;
    this.textEnd = text.codePointCount(0, text.length());
  }

  /** Reads a text. */
  static YamlTree of(String text, SizeLimit limit, Problems problems) {
    YamlTree tree = new YamlTree(text, problems);
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(limit.bytes());
    tree.read(new ParserImpl(new StreamReader(text), options));
    return tree;
  }

  /** Returns the roots of all documents, with what was read of the last one. */
  List<Node> documents() {
    return documents;
  }

  /** Returns whether all of the text was read and every node is what the text says. */
  boolean isSound() {
    return isSound;
  }

  private void read(Parser parser) {
    Place reached = Place.START;
    try {
      boolean isAtEnd = false;
      while (!isAtEnd && levels.size() <= DEEPEST && aliases <= MOST_ALIASES) {
        Event event = parser.getEvent();
        reached = Place.of(event.getEndMark());
        problems.reach(Place.of(event.getStartMark()));
        take(event);
        isAtEnd = event.is(Event.ID.StreamEnd);
      }
    } catch (MarkedYAMLException invalid) {
      isSound = false;
      SyntaxErrors.note(invalid, text, problems);
    } catch (YAMLException invalid) {
      // The scanner has one complaint without a place: it is after what was read last.
      isSound = false;
      SyntaxErrors.noteAfter(reached, text, problems);
    }
  }

  private void take(Event event) {
    if (event instanceof DocumentStartEvent) {
      anchors.clear();
      if (!documents.isEmpty()) {
        isSound = false;
        problems.at(
            Place.of(event.getStartMark()),
            "a second document begins here; give each one a file of its own");
      }
    } else if (event instanceof CollectionEndEvent) {
      levels.pop();
    } else if (event instanceof NodeEvent nodeEvent) {
      Node node = node(nodeEvent);
      add(node);
      if (nodeEvent instanceof CollectionStartEvent) {
        levels.push(new Level(node));
        refuse(levels.size() > DEEPEST, node, "nested more than " + DEEPEST + " levels deep");
      }
    }
  }

  private Node node(NodeEvent event) {
    Place place = Place.of(event.getStartMark());
    boolean isWhole = event.getEndMark().getIndex() < textEnd;
    if (event instanceof AliasEvent) {
      return aliased(new Scalar(place, "", true, isWhole), event.getAnchor());
    }
    Node node;
    String tag;
    if (event instanceof ScalarEvent scalar) {
      node = new Scalar(place, scalar.getValue(), scalar.isPlain(), isWhole);
      tag = scalar.getTag();
    } else {
      boolean isMapping = event instanceof MappingStartEvent;
      node =
          isMapping
              ? new Mapping(place, new ArrayList<>())
              : new Sequence(place, new ArrayList<>());
      tag = ((CollectionStartEvent) event).getTag();
    }
    if (tag != null) {
      problems.at(place, "tags (!...) are not read here; write the plain value");
    }
    if (event.getAnchor() != null) {
      anchors.put(event.getAnchor(), node);
    }
    return node;
  }

  private Node aliased(Scalar alias, String anchor) {
    aliases++;
    Node meant = anchors.get(anchor);
    refuse(
        aliases > MOST_ALIASES,
        alias,
        "more than " + MOST_ALIASES + " aliases (*...) in one file; write the values out");
    // The alias's name stays out of the message: it may be a password that wants quotes.
    refuse(
        meant == null && aliases <= MOST_ALIASES,
        alias,
        "an alias (*...) without an anchor before it; a text that begins with * needs quotes");
    if (meant instanceof Scalar scalar) {
      return new Scalar(alias.place(), scalar.text(), scalar.isPlain(), alias.isWhole());
    }
    return meant == null ? alias : meant;
  }

  private void refuse(boolean isRefused, Node node, String message) {
    if (isRefused) {
      isSound = false;
      problems.at(node.place(), message);
    }
  }

  private void add(Node node) {
    Level level = levels.peek();
    if (level == null) {
      documents.add(node);
    } else if (level.collection instanceof Sequence sequence) {
      sequence.items().add(node);
    } else if (level.collection instanceof Mapping mapping) {
      Node key = level.key;
      level.key = key == null ? node : null;
      if (key != null) {
        mapping.entries().add(new Entry(key, node));
      }
    }
  }
}
