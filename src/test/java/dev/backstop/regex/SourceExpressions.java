package dev.backstop.regex;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the regular expressions that the program's source holds as literals. */
final class SourceExpressions {

  private static final Path SOURCE = Path.of("src/main/java");

  private static final Pattern CALL =
      Pattern.compile("(Pattern\\.compile|\\.replaceAll|\\.replaceFirst|\\.matches|\\.split)\\(");

  private static final List<String> SEARCHES =
      List.of("find(", "replaceAll(", "replaceFirst(", "results(", "split", "Predicate");

  private SourceExpressions() {}

  /** Whether texts are searched, or matched from their start or as a whole. */
  enum Use {
    SEARCH,
    START,
    WHOLE
  }

  /**
   * One expression.
   *
   * @param place file and line
   * @param use what is done with it
   */
  record Expression(String place, String text, Use use) {
    @Override
    public String toString() {
      return place + " " + text;
    }
  }

  /** Returns all of them, in the order of the files. */
  static List<Expression> all() {
    try (Stream<Path> files = Files.walk(SOURCE)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .sorted()
          .flatMap(file -> in(file).stream())
          .toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static List<Expression> in(Path file) {
    try {
      return in(file.getFileName().toString(), Files.readString(file));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Returns those of one source. */
  static List<Expression> in(String name, String source) {
    List<Expression> found = new ArrayList<>();
    Matcher call = CALL.matcher(source);
    while (call.find()) {
      String text = literals(source, call.end());
      if (!text.isEmpty() && !isReplacement(source, call.start())) {
        long line = source.substring(0, call.start()).lines().count();
        Use use =
            switch (call.group(1)) {
              case "Pattern.compile" -> use(source, call.start());
              case ".matches" -> Use.WHOLE;
              default -> Use.SEARCH;
            };
        found.add(new Expression(name + ":" + line, text, use));
      }
    }
    return found;
  }

  /** Returns whether a call is a matcher's, whose first argument is what it puts in. */
  private static boolean isReplacement(String source, int at) {
    String statement = source.substring(Math.max(0, source.lastIndexOf(';', at)), at);
    return statement.contains(".matcher(") && source.startsWith(".replace", at);
  }

  /** Returns how the constant that is assigned here is used; as a search where there is none. */
  private static Use use(String source, int at) {
    String before = source.substring(0, at).stripTrailing();
    if (!before.endsWith("=")) {
      return Use.SEARCH;
    }
    String declared = before.substring(0, before.length() - 1).stripTrailing();
    String constant = declared.substring(declared.lastIndexOf(' ') + 1);
    Matcher used =
        Pattern.compile("(?:(\\w+)\\s*=\\s*)?\\b" + constant + "\\s*\\.").matcher(source);
    Use use = Use.WHOLE;
    while (used.find()) {
      String calls = source.substring(used.end(), source.indexOf(';', used.end()));
      if (used.group(1) != null) {
        Matcher later = Pattern.compile("\\b" + used.group(1) + "\\s*(\\.\\w+\\()").matcher(source);
        calls += later.results().map(call -> call.group(1)).toList();
      }
      if (SEARCHES.stream().anyMatch(calls::contains)) {
        return Use.SEARCH;
      }
      use = calls.contains(".lookingAt(") ? Use.START : use;
    }
    return use;
  }

  /** Returns the literals of a first argument, joined; an x stands for what is none. */
  private static String literals(String source, int from) {
    StringBuilder joined = new StringBuilder();
    int depth = 0;
    boolean literal = false;
    for (int at = from; at < source.length(); at++) {
      char character = source.charAt(at);
      if (character == '"') {
        int end = at + 1;
        while (source.charAt(end) != '"') {
          end += source.charAt(end) == '\\' ? 2 : 1;
        }
        if (depth == 0) {
          joined.append(unescaped(source.substring(at + 1, end)));
          literal = true;
        }
        at = end;
      } else if (character == '(') {
        depth++;
      } else if (character == ')' || (character == ',' && depth == 0)) {
        if (depth == 0) {
          return literal ? joined.toString() : "";
        }
        depth--;
        joined.append(depth == 0 ? "x" : "");
      }
    }
    throw new IllegalArgumentException("the call never ends");
  }

  private static String unescaped(String literal) {
    Matcher code = Pattern.compile("(?<!\\\\)\\\\u+([0-9a-fA-F]{4})").matcher(literal);
    return code.replaceAll(
            match -> Matcher.quoteReplacement("" + (char) Integer.parseInt(match.group(1), 16)))
        .translateEscapes();
  }
}
