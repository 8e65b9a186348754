package dev.backstop.regex;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds in an expression what makes Java search exponentially or recurse once a character: a
 * quantifier without end over a group that holds another, whose alternatives begin alike, or that
 * is not possessive.
 */
final class RegexShape {

  /** A repetition of more than this counts as one without end. */
  private static final int MANY = 300;

  private static final String SAMPLES =
      " !\"#$%&'()*+,-./09:;<=>?@AFZ[\\]^_`afz{|}~\t\n\u0085\u4e2d";

  private final String text;
  private int at;
  private final List<String> flaws = new ArrayList<>();

  private RegexShape(String text) {
    this.text = text;
  }

  /**
   * What was read of an expression.
   *
   * @param heads expressions for its first characters, one for each alternative; empty where it may
   *     match nothing
   * @param isEndless whether a quantifier without end is in it
   */
  private record Piece(List<String> heads, boolean isEndless) {}

  /** Returns what is wrong with an expression; empty where nothing is. */
  static Optional<String> flaw(String expression) {
    RegexShape shape = new RegexShape(expression);
    shape.alternatives();
    if (shape.at < expression.length()) {
      throw new IllegalArgumentException("not understood from " + shape.at + ": " + expression);
    }
    return shape.flaws.stream().findFirst();
  }

  private Piece alternatives() {
    List<String> heads = new ArrayList<>();
    boolean endless = false;
    do {
      Piece sequence = sequence();
      heads.addAll(sequence.heads());
      endless |= sequence.isEndless();
    } while (accept('|'));
    return new Piece(heads, endless);
  }

  private Piece sequence() {
    String head = "";
    boolean endless = false;
    while (at < text.length() && "|)".indexOf(text.charAt(at)) < 0) {
      int start = at;
      boolean isGroup = text.charAt(at) == '(';
      Piece inner = isGroup ? group() : atom();
      String atom = text.substring(start, at);
      boolean many = quantified(isGroup, inner);
      endless |= many || inner.isEndless();
      if (head.isEmpty()) {
        head = isGroup ? String.join("|", inner.heads()) : atom;
      }
    }
    return new Piece(List.of(head), endless);
  }

  /** Reads a quantifier, if any; returns whether it is one without end. */
  private boolean quantified(boolean isGroup, Piece inner) {
    boolean many = accept('*') || accept('+') || acceptRange();
    boolean some = many || accept('?');
    boolean possessive = some && accept('+');
    if (some && !possessive) {
      accept('?');
    }
    if (many && isGroup && !possessive) {
      if (inner.isEndless()) {
        flaws.add("a quantifier without end over a group that holds another, before " + at);
      } else if (overlap(inner.heads())) {
        flaws.add("a quantifier without end over alternatives that begin alike, before " + at);
      } else {
        flaws.add("a quantifier without end over a group, which recurses; possessive it does not");
      }
    }
    return many;
  }

  private boolean acceptRange() {
    if (at >= text.length() || text.charAt(at) != '{') {
      return false;
    }
    int end = text.indexOf('}', at);
    String[] bounds = text.substring(at + 1, end).split(",", -1);
    at = end + 1;
    String most = bounds[bounds.length - 1];
    return most.isEmpty() || Integer.parseInt(most) > MANY;
  }

  private Piece group() {
    at++;
    if (accept('?')) {
      if (accept('<') && "=!".indexOf(text.charAt(at)) < 0) {
        at = text.indexOf('>', at) + 1;
      } else {
        while (":=!)".indexOf(text.charAt(at)) < 0) {
          at++;
        }
        at += text.charAt(at) == ')' ? 0 : 1;
      }
    }
    Piece inner = alternatives();
    at++;
    return inner;
  }

  private Piece atom() {
    char first = text.charAt(at);
    at++;
    if (first == '\\') {
      char escaped = text.charAt(at);
      at++;
      if ((escaped == 'p' || escaped == 'P') && text.charAt(at) == '{') {
        at = text.indexOf('}', at) + 1;
      }
    } else if (first == '[') {
      set();
    }
    return new Piece(List.of(), false);
  }

  /** A bracket that stands first in a set is a part of it. */
  private void set() {
    accept('^');
    accept(']');
    while (text.charAt(at) != ']') {
      if (text.charAt(at) == '[') {
        at++;
        set();
      } else {
        at += text.charAt(at) == '\\' ? 2 : 1;
      }
    }
    at++;
  }

  private boolean accept(char wanted) {
    boolean found = at < text.length() && text.charAt(at) == wanted;
    at += found ? 1 : 0;
    return found;
  }

  private static boolean overlap(List<String> heads) {
    for (int left = 0; left < heads.size(); left++) {
      for (int right = left + 1; right < heads.size(); right++) {
        Pattern one = Pattern.compile(heads.get(left));
        Pattern other = Pattern.compile(heads.get(right));
        if (SAMPLES
            .chars()
            .mapToObj(Character::toString)
            .anyMatch(sample -> one.matcher(sample).matches() && other.matcher(sample).matches())) {
          return true;
        }
      }
    }
    return false;
  }
}
