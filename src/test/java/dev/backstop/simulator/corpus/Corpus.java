package dev.backstop.simulator.corpus;

import dev.backstop.oceanbase.CorpusQueries;
import dev.backstop.simulator.corpus.WireAnswer.Aspect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the corpus; {@code README.md} beside its files says how they are written. */
final class Corpus {

  private static final Path FOLDER = Path.of("src", "test", "resources", "corpus");

  private final List<Session> sessions = new ArrayList<>();
  private List<Item> items = new ArrayList<>();
  private String user = "root";

  private Corpus() {}

  /** One connection: its user, and what is sent over it in turn. */
  record Session(String name, String user, List<Item> items) {}

  /**
   * One statement or command.
   *
   * @param command the first word behind {@code !}, empty for a statement
   * @param verdict what the comparison must find
   * @param corrected whether the first comparison found a difference that is mended
   */
  record Item(String place, String command, String text, Verdict verdict, boolean corrected) {}

  /**
   * What a comparison must find.
   *
   * @param differing the aspects that differ, empty for none
   * @param byDesign whether they differ by design, not because nobody asks
   */
  record Verdict(Set<Aspect> differing, boolean byDesign, String reason) {
    static final Verdict EQUAL = new Verdict(Set.of(), false, "");
  }

  static List<Session> read() throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.list(FOLDER)) {
      files = found.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
    }
    List<Session> all = new ArrayList<>();
    for (Path file : files) {
      Corpus corpus = new Corpus();
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        corpus.line(file.getFileName() + ":" + (i + 1), lines.get(i));
      }
      corpus.endSession();
      all.addAll(corpus.sessions);
    }
    return all;
  }

  private void line(String place, String line) {
    if (line.isBlank()) {
      endSession();
    } else if (line.startsWith("  ") && !items.isEmpty()) {
      Item last = last();
      replaceLast(new Item(last.place, last.command, last.text + "\n" + line, last.verdict, false));
    } else {
      String rest = line.length() > 1 ? line.substring(2) : "";
      switch (line.charAt(0)) {
        case '#' -> {}
        case '@' -> user = line.substring(1).strip();
        case '>' -> items.add(new Item(place, "", named(rest), Verdict.EQUAL, false));
        case '!' -> command(place, rest);
        case '~' -> verdict(place, rest, true);
        case '-' -> verdict(place, rest, false);
        case '*' -> {
          Item last = last();
          replaceLast(new Item(last.place, last.command, last.text, last.verdict, true));
        }
        default -> throw new IllegalStateException(place + ": what is '" + line + "'?");
      }
    }
  }

  /** Puts the daemon's own query in the place of its name in braces. */
  private static String named(String text) {
    String query = CorpusQueries.all().get(text.replaceAll("^\\{|\\}$", ""));
    return query == null ? text : CorpusCluster.withOwnParameters(query);
  }

  private void command(String place, String rest) {
    String[] words = rest.split(" ", 2);
    String argument = words.length > 1 ? words[1] : "";
    items.add(new Item(place, words[0], argument, Verdict.EQUAL, false));
  }

  private void verdict(String place, String rest, boolean byDesign) {
    int colon = rest.indexOf(':');
    if (colon < 0 || rest.substring(colon + 1).isBlank()) {
      throw new IllegalStateException(place + ": a difference needs aspects, a colon, a reason");
    }
    Set<Aspect> aspects = EnumSet.noneOf(Aspect.class);
    Arrays.stream(rest.substring(0, colon).split("[ ,]+"))
        .map(word -> Aspect.valueOf(word.toUpperCase(Locale.ROOT)))
        .forEach(aspects::add);
    Item last = last();
    Verdict verdict = new Verdict(aspects, byDesign, rest.substring(colon + 1).strip());
    replaceLast(new Item(last.place, last.command, last.text, verdict, last.corrected));
  }

  private Item last() {
    return items.get(items.size() - 1);
  }

  private void replaceLast(Item item) {
    items.set(items.size() - 1, item);
  }

  private void endSession() {
    if (!items.isEmpty()) {
      sessions.add(new Session(items.get(0).place, user, List.copyOf(items)));
    }
    items = new ArrayList<>();
    user = "root";
  }
}
