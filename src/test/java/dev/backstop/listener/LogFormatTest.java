package dev.backstop.listener;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Formats lines with the configuration of the log that is delivered. */
class LogFormatTest {

  private static final Instant TIME = Instant.parse("2026-03-01T20:30:15.25Z");

  private final LoggerContext context = new LoggerContext();

  @AfterEach
  void stop() {
    context.stop();
  }

  private void configure() {
    LogConfiguration configuration = new LogConfiguration();
    configuration.setContext(context);
    configuration.configure(context);
  }

  private String line(Level level, String message) {
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    LoggingEvent event = new LoggingEvent("", root, level, message, null, null);
    event.setInstant(TIME);
    ConsoleAppender<ILoggingEvent> stderr =
        (ConsoleAppender<ILoggingEvent>) root.getAppender("stderr");
    return new String(stderr.getEncoder().encode(event), StandardCharsets.UTF_8);
  }

  @Test
  void lineBeginsWithItsTimeInUtc_asTheTimesInItsWordsAre() {
    configure();
    assertThat(line(Level.WARN, "disarmed since 2026-03-01T20:30:15Z"))
        .isEqualToIgnoringNewLines(
            "2026-03-01T20:30:15.250Z WARN  disarmed since 2026-03-01T20:30:15Z");
  }

  @Test
  void lineForTheJournalBeginsWithThePriorityOfItsLevel() {
    context.putProperty("backstop.log", "journal");
    configure();
    assertThat(line(Level.ERROR, "a")).startsWith("<3>2026-03-01T20:30:15.250Z ERROR a");
    assertThat(line(Level.WARN, "a")).startsWith("<4>2026-03-01T20:30:15.250Z WARN  a");
    assertThat(line(Level.INFO, "a")).startsWith("<6>2026-03-01T20:30:15.250Z INFO  a");
    assertThat(line(Level.DEBUG, "a")).startsWith("<7>2026-03-01T20:30:15.250Z DEBUG a");
    assertThat(line(Level.TRACE, "a")).startsWith("<7>2026-03-01T20:30:15.250Z TRACE a");
  }

  @Test
  void messageOfSeveralLinesIsOneLine_withOnePriority() {
    context.putProperty("backstop.log", "journal");
    configure();
    assertThat(line(Level.WARN, "a\n<3>b").strip()).endsWith("WARN  a <3>b").doesNotContain("\n");
  }

  @Test
  void levelThatIsNoneIsTheOneWithoutAWish() {
    context.putProperty("BACKSTOP_LOG", "LOUD");
    configure();
    assertThat(context.getLogger("dev.backstop.plan").getEffectiveLevel()).isEqualTo(Level.INFO);
    assertThat(context.getLogger("anything").getEffectiveLevel()).isEqualTo(Level.WARN);
  }

  @Test
  void levelCountsForAllButLibrariesThatSayLess() {
    context.putProperty("BACKSTOP_LOG", "DEBUG");
    configure();
    assertThat(context.getLogger("dev.backstop.plan").getEffectiveLevel()).isEqualTo(Level.DEBUG);
    assertThat(context.getLogger("com.zaxxer.hikari.pool").getEffectiveLevel())
        .isEqualTo(Level.ERROR);
  }
}
