package dev.backstop.config;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
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
 * Goes over a file's parser events once: finds what must not be there, and gathers the top-level
 * scalars as far as the file can be read, so that a broken file still tells its name.
 *
 * <p>Events come one by one from a parser that does not recurse, so neither deep nesting nor
 * aliases of aliases cost anything before they are refused.
 */
final class Outline {

  static final int MOST_ALIASES = 10;
  static final int DEEPEST = 20;

  private final Problems problems;
  private final String text;
  private final int textEnd;
  private final Deque<Level> levels = new ArrayDeque<>();
  private final Set<String> anchors = new HashSet<>();
  private final Map<String, @Nullable String> glimpses = new HashMap<>();
  private final List<Event> events = new ArrayList<>();
  private @Nullable Mark reached;
  private int documents;
  private int aliases;
  private boolean composable = true;
  private boolean rootIsMapping;

  /** Where the walk is within one collection. */
  private static final class Level {
    final boolean mapping;
    boolean expectsKey = true;
    @Nullable String key;

    Level(boolean mapping) {
      this.mapping = mapping;
    }
  }

  private Outline(Problems problems, String text) {
    this.problems = problems;
    this.text = text;
    this.textEnd = text.codePointCount(0, text.length());
  }

  /** Walks a text up to its end, or to the first place where it is no YAML. */
  static Outline of(String text, LoaderOptions options, Problems problems) {
    Outline outline = new Outline(problems, text);
    Parser parser = new ParserImpl(new StreamReader(text), options);
    try {
      boolean isAtEnd = false;
      while (outline.goesOn() && !isAtEnd) {
        Event event = parser.getEvent();
        outline.events.add(event);
        outline.reached = event.getEndMark();
        problems.reach(event.getStartMark());
        outline.step(event);
        isAtEnd = event.is(Event.ID.StreamEnd);
      }
    } catch (MarkedYAMLException invalid) {
      outline.composable = false;
      outline.syntax(invalid);
    } catch (YAMLException invalid) {
      // The scanner has one complaint without a place: it is after what was read last.
      outline.composable = false;
      outline.syntaxAfter(outline.reached);
    }
    return outline;
  }

  /** Tells whether there is exactly one document that may be composed. */
  boolean isComposable() {
    return composable && documents == 1;
  }

  /** Lists all that was read; up to the end where it may be composed. */
  List<Event> events() {
    return events;
  }

  /** Tells whether there is no document at all. */
  boolean isEmpty() {
    return composable && documents == 0;
  }

  /** Tells whether the root is a mapping. */
  boolean isMapping() {
    return rootIsMapping;
  }

  /** Tells whether a key was seen at the top. */
  boolean saw(String key) {
    return glimpses.containsKey(key);
  }

  /** Returns the value of a key at the top; null where it can't be told. */
  @Nullable String glimpse(String key) {
    return glimpses.get(key);
  }

  private boolean goesOn() {
    return levels.size() <= DEEPEST && aliases <= MOST_ALIASES;
  }

  private void step(Event event) {
    if (event instanceof DocumentStartEvent) {
      documents++;
      if (documents == 2) {
        problems.at(
            event.getStartMark(), "a second document begins here; give each one a file of its own");
      }
      anchors.clear();
    } else if (event instanceof CollectionEndEvent) {
      levels.pop();
    } else if (event instanceof NodeEvent node) {
      inspect(node);
      place(node);
      if (node instanceof CollectionStartEvent) {
        levels.push(new Level(node instanceof MappingStartEvent));
        refuseDepth(node.getStartMark());
      }
    }
  }

  private void inspect(NodeEvent node) {
    if (node instanceof AliasEvent) {
      inspectAlias(node);
    } else if (node.getAnchor() != null) {
      anchors.add(node.getAnchor());
    }
    boolean tagged =
        (node instanceof ScalarEvent scalar && scalar.getTag() != null)
            || (node instanceof CollectionStartEvent collection && collection.getTag() != null);
    if (tagged) {
      problems.at(node.getStartMark(), "tags (!...) are not read here; write the plain value");
    }
  }

  private void inspectAlias(NodeEvent alias) {
    aliases++;
    if (aliases > MOST_ALIASES) {
      composable = false;
      problems.at(
          alias.getStartMark(),
          "more than " + MOST_ALIASES + " aliases (*...) in one file; write the values out");
    } else if (!anchors.contains(alias.getAnchor())) {
      // The alias's name stays out of the message: it may be a password that wants quotes.
      composable = false;
      problems.at(
          alias.getStartMark(),
          "an alias (*...) without an anchor before it; a text that begins with * needs quotes");
    }
  }

  private void refuseDepth(Mark mark) {
    if (levels.size() > DEEPEST) {
      composable = false;
      problems.at(mark, "nested more than " + DEEPEST + " levels deep");
    }
  }

  private void place(NodeEvent node) {
    Level level = levels.peek();
    if (level == null) {
      rootIsMapping = node instanceof MappingStartEvent;
    } else if (level.mapping && level.expectsKey) {
      level.key = node instanceof ScalarEvent scalar ? scalar.getValue() : null;
      level.expectsKey = false;
    } else if (level.mapping) {
      level.expectsKey = true;
      if (levels.size() == 1 && level.key != null) {
        note(level.key, value(node));
      }
    }
  }

  /** Returns the text of a scalar; null where it may not be all of it. */
  private @Nullable String value(NodeEvent node) {
    return node instanceof ScalarEvent scalar
            && scalar.getEndMark().getIndex() < textEnd
            && !Section.NOTHING.contains(scalar.getValue())
        ? scalar.getValue()
        : null;
  }

  /** Two values for one key tell nothing. */
  private void note(String key, @Nullable String value) {
    boolean first = !glimpses.containsKey(key);
    glimpses.put(key, first || Objects.equals(glimpses.get(key), value) ? value : null);
  }

  private static String words(String problem) {
    // The parser would name the tag, which may be a password that wants quotes.
    if (problem.contains("tag handle")) {
      return "a tag (!...) that is not defined; a text that begins with ! needs quotes";
    }
    int advice = problem.indexOf(" (Do not use ");
    if (advice < 0) {
      return problem;
    }
    return problem.contains("TAB")
        ? "a tab can't indent or begin a value; use spaces"
        : problem.substring(0, advice) + " A text that begins with it needs quotes.";
  }

  private void syntax(MarkedYAMLException invalid) {
    Mark mark =
        invalid.getProblemMark() == null ? invalid.getContextMark() : invalid.getProblemMark();
    String words = "not valid YAML: " + words(invalid.getProblem());
    problems.structural();
    if (mark != null && isLost(invalid.getProblem()) && indentation(mark.getLine() + 1)) {
      return;
    }
    if (mark == null) {
      problems.at(1, 1, words);
    } else {
      problems.at(mark, words);
    }
  }

  /** Tells whether the parser met something where its level does not go on. */
  private static boolean isLost(String problem) {
    return problem.startsWith("expected <")
        || problem.startsWith("expected '<")
        || problem.startsWith("mapping values are not allowed");
  }

  private boolean indentation(int line) {
    Indentation.Place place = Indentation.mistake(text, line);
    if (place != null) {
      problems.at(place.line(), place.column(), place.words());
    }
    return place != null;
  }

  private void syntaxAfter(@Nullable Mark last) {
    String words =
        "not valid YAML after this: a line is indented less than what it belongs to, and a key"
            + " follows in it";
    problems.structural();
    if (last != null && indentation(last.getLine() + 1)) {
      return;
    }
    if (last == null) {
      problems.at(1, 1, words);
    } else {
      problems.at(last, words);
    }
  }
}
