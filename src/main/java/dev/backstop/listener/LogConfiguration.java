package dev.backstop.listener;

import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.status.NopStatusListener;
import ch.qos.logback.core.util.OptionHelper;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Configures the log: lines to standard error, from the level that the variable {@code
 * BACKSTOP_LOG} names on. Logback calls it; a file that {@code logback.configurationFile} names
 * counts before it.
 *
 * <p>In Java, because to read the same from XML takes a tenth of the time of a short command.
 */
public final class LogConfiguration extends ContextAwareBase implements Configurator {

  /** The property, else the variable, that names the least level that is logged. */
  private static final String LEVEL = "BACKSTOP_LOG";

  /** The property that says for whom lines are formatted: {@link #JOURNAL}, else anyone. */
  private static final String FORMAT = "backstop.log";

  private static final String JOURNAL = "journal";

  /** Times are in UTC, as they are in the words. */
  private static final String LINE =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX, UTC} %-5level"
          + " %replace(%replace(%msg%n%rEx{0}){'[\\t\\r\\n]+', ' '}){' $', ''}%n";

  /** The journal takes the priority of a line from how it begins: see sd-daemon(3). */
  private static final String PRIORITY =
      "%replace(%replace(%replace(%replace(%level)"
          + "{'ERROR','<3>'}){'WARN','<4>'}){'INFO','<6>'}){'DEBUG|TRACE','<7>'}";

  /**
   * Libraries log only trouble. Pools report each lost connection, which looks report already.
   * SQLite reports each folder from which its library could not be loaded; that none works at all
   * is an error of ours.
   */
  private static final Map<String, Level> LIBRARIES =
      Map.of("com.zaxxer.hikari", Level.ERROR, "org.quartz", Level.WARN, "org.sqlite", Level.OFF);

  /** Creates it for Logback, which finds it by its name. */
  public LogConfiguration() {}

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (System.getProperty(ClassicConstants.CONFIG_FILE_PROPERTY) != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    context.getStatusManager().add(new NopStatusListener());
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(level(context, Level.WARN));
    root.addAppender(stderr(context));
    LIBRARIES.forEach((name, level) -> context.getLogger(name).setLevel(level));
    context.getLogger("dev.backstop").setLevel(level(context, Level.INFO));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  private static Level level(LoggerContext context, Level otherwise) {
    return Level.toLevel(property(context, LEVEL), otherwise);
  }

  private static ConsoleAppender<ILoggingEvent> stderr(LoggerContext context) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setPattern(JOURNAL.equals(property(context, FORMAT)) ? PRIORITY + LINE : LINE);
    encoder.start();
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setName("stderr");
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    return appender;
  }

  /** Returns what the context, the JVM or the environment says; null where none of them does. */
  private static @Nullable String property(LoggerContext context, String name) {
    return OptionHelper.propertyLookup(name, context, null);
  }
}
