package dev.backstop.simulator.sql;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** Supplies what a statement's words mean at this moment in this session, as engine literals. */
interface RewriteContext {

  /** Returns the server's time, in its zone. */
  LocalDateTime now();

  /** Returns how long a statement may take. */
  Duration queryTimeout();

  /** Returns the server's time zone. */
  ZoneId zone();

  /** Returns the literal for a function such as {@code database}; null when it is none of those. */
  @Nullable String sessionFunction(String lowerCaseName);

  /** Returns the literal for {@code @@name}. */
  String systemVariable(String name) throws SqlFailure;

  /** Returns the literal for {@code @name}, NULL when it was never set. */
  String userVariable(String name);

  /** Returns the declared type of a column of the tables in use, lower case; null when unknown. */
  @Nullable String columnType(String column);
}
