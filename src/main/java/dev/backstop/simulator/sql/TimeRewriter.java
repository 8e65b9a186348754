package dev.backstop.simulator.sql;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns the functions that ask for the time, or need the time zone, into what the engine has. */
final class TimeRewriter {

  private static final long NANOS_A_SECOND = 1_000_000_000;

  private final RewriteContext context;
  private final ExpressionRewriter expressions;

  TimeRewriter(RewriteContext context, ExpressionRewriter expressions) {
    this.context = context;
    this.expressions = expressions;
  }

  /** Returns the engine's SQL of a call, null when it is none of these functions. */
  @Nullable String call(String name, List<Node> children) throws SqlFailure {
    LocalDateTime now = context.now();
    return switch (name) {
      case "now", "sysdate", "current_timestamp", "localtime", "localtimestamp" ->
          now(now, expressions.rewrite(children));
      case "utc_timestamp" ->
          now(
              now.atZone(context.zone()).withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime(),
              expressions.rewrite(children));
      case "curdate", "current_date" -> "DATE '" + now.toLocalDate() + "'";
      case "curtime", "current_time" ->
          "TIME '" + Times.spelled(now, 0).substring("1970-01-01 ".length()) + "'";
      case "unix_timestamp" ->
          children.isEmpty()
              ? String.valueOf(now.atZone(context.zone()).toEpochSecond())
              : zoned("unix_timestamp", expressions.rewrite(children));
      case "from_unixtime" ->
          "CAST(" + zoned("from_unixtime", expressions.rewrite(children)) + " AS TIMESTAMP(0))";
      case "time_to_usec" -> zoned("time_to_usec", expressions.rewrite(children));
      case "usec_to_time" ->
          "CAST(" + zoned("usec_to_time", expressions.rewrite(children)) + " AS TIMESTAMP(6))";
      default -> null;
    };
  }

  private static String now(LocalDateTime now, String argument) {
    int digits = argument.matches("[0-6]") ? Integer.parseInt(argument) : 0;
    long unit = (long) (NANOS_A_SECOND / Math.pow(10, digits));
    LocalDateTime second = now.truncatedTo(ChronoUnit.SECONDS);
    long nanos = ChronoUnit.NANOS.between(second, now) / unit * unit;
    String exact = Times.spelled(second.plusNanos(nanos), 6);
    return "CAST(TIMESTAMP '" + exact + "' AS TIMESTAMP(" + digits + "))";
  }

  private String zoned(String function, String argument) {
    return FunctionRewriter.own(function, List.of(argument, Literals.text(context.zone().getId())));
  }
}
