package dev.backstop.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.testing.Locales;
import java.util.List;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The metrics page has the same series, in ASCII digits, under every default locale. */
@Isolated
class MetricsLocalesTest {

  static final List<String> UNUSUAL = Locales.UNUSUAL;

  private static String prometheus() {
    return MetricsStory.told().prometheusText();
  }

  private static List<String> series(String page) {
    return page.lines().map(line -> line.replaceFirst(" [0-9.E+-]+$|NaN$", " N")).toList();
  }

  @ParameterizedTest
  @FieldSource("UNUSUAL")
  void seriesAreTheSame(String locale) {
    String page = Locales.under(locale, MetricsLocalesTest::prometheus);
    assertThat(series(page))
        .isEqualTo(series(Locales.under("en", MetricsLocalesTest::prometheus)))
        .contains("jvm_threads_state{state=\"waiting\"} N");
    assertThat(page).matches("\\p{ASCII}*");
  }
}
