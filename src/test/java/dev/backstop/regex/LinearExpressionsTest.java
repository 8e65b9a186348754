package dev.backstop.regex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.regex.SourceExpressions.Expression;
import dev.backstop.regex.SourceExpressions.Use;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No expression of the program takes more than linear time or stack, whatever it is given. */
class LinearExpressionsTest {

  private static final int LONG = 100_000;
  private static final int SHORT = 6_000;
  private static final String ALWAYS = "a0:_ ";
  private static final int MOST_SAMPLES = 9;

  static List<Expression> expressions() {
    return SourceExpressions.all();
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void shapeIsLinear(Expression expression) {
    assertThat(RegexShape.flaw(expression.text())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void nastyTextsTakeLinearTime(Expression expression) {
    assertThat(slow(expression)).isEmpty();
  }

  @Test
  void expressionsAreFound() {
    assertThat(expressions()).hasSizeGreaterThan(40);
  }

  @Test
  void literalsOfACallAreJoined() {
    String source =
        "Pattern P = Pattern.compile(\"a\\\\d\" + f(\"b\", 1)\n"
            + " + \"\\\"(.)\", FLAG); P.matcher(x).find();";
    assertThat(SourceExpressions.in("A.java", source))
        .containsExactly(new Expression("A.java:1", "a\\dx\"(.)", Use.SEARCH));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a*)*",
        "(.*)*",
        "(?:a+b?)+c",
        "x(?:[a-z_]+\\.?)+$",
        "(a|a)*",
        "(?:[^x]|ab)*",
        "(?:a|b)*",
        "(?:a{2,})+",
        "((a+))+",
        "(?<name>a+)*",
        "(?:ab){0,1000}"
      })
  void shapeThatIsNotLinear_isFound(String expression) {
    assertThat(RegexShape.flaw(expression)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a*b+",
        "(?:ab)?",
        "(a|b)",
        "[(*+]+",
        "\\(+",
        "(?:[^\"]|\"\")*+\"",
        "(?:a+){1,3}",
        "[]a]*",
        "(?i)a+",
        "(?<!a)b",
        "[\\p{L}&&[^a]]+"
      })
  void shapeThatIsLinear_passes(String expression) {
    assertThat(RegexShape.flaw(expression)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"[^/@ ]+:[^@ ]+@, SEARCH", "a+$, SEARCH", "(a|a)*x, WHOLE", "[a:]*:[a:]*:x, START"})
  void slowExpression_isFound(String expression, Use use) {
    assertThat(slow(new Expression("", expression, use))).isPresent();
  }

  /** Returns a text over which an expression takes more than linear time, shortened. */
  private static Optional<String> slow(Expression expression) {
    Pattern pattern = Pattern.compile(expression.text());
    for (String nasty : nasty(expression.text())) {
      try {
        run(pattern.matcher(new CountedText(nasty)), expression.use());
      } catch (CountedText.TooManyLooks | StackOverflowError slow) {
        return Optional.of(slow.getClass().getSimpleName() + ": " + nasty.substring(0, 40));
      }
    }
    return Optional.empty();
  }

  private static void run(Matcher matcher, Use use) {
    switch (use) {
      case WHOLE -> matcher.matches();
      case START -> matcher.lookingAt();
      case SEARCH -> {
        boolean found = matcher.find();
        while (found) {
          found = matcher.find();
        }
      }
    }
  }

  private static List<String> nasty(String expression) {
    Set<String> samples = new TreeSet<>();
    ALWAYS.chars().mapToObj(Character::toString).forEach(samples::add);
    expression
        .chars()
        .limit(400)
        .mapToObj(Character::toString)
        .filter(part -> samples.size() < MOST_SAMPLES)
        .forEach(samples::add);
    List<String> texts = new ArrayList<>();
    for (String one : samples) {
      texts.add(one.repeat(LONG));
      texts.add(one.repeat(LONG) + "\0");
      texts.add(literalStart(expression) + one.repeat(LONG) + "\0");
      for (String other : samples) {
        texts.add((one + other).repeat(SHORT / 2) + "\0");
      }
    }
    return texts;
  }

  /** Returns what an expression begins with before anything may vary. */
  private static String literalStart(String expression) {
    String plain = expression.replace("\\", "");
    int end = 0;
    while (end < plain.length() && "[(*+?{.|^$".indexOf(plain.charAt(end)) < 0) {
      end++;
    }
    return plain.substring(0, end);
  }
}
