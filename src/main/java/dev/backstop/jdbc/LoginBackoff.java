package dev.backstop.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Spaces out logins after a refused one, so that no account is locked: 10 s, doubling up to 5 min.
 * Another password, or a touched password file, starts anew at once.
 */
final class LoginBackoff {

  private static final Duration SHORTEST = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private @Nullable Password refused;
  private String words = "";
  private Instant nextTry = Instant.EPOCH;
  private Duration pause = SHORTEST;

  /** Returns why no login may be tried now with this password, in words; empty where one may. */
  synchronized Optional<String> objection(Password password, Instant now) {
    if (!password.equals(refused) || !now.isBefore(nextTry)) {
      return Optional.empty();
    }
    return Optional.of(words + "; next try at " + shown(nextTry));
  }

  /** Remembers a refusal and returns when the next try may be. */
  synchronized Instant refuse(Password password, String why, Instant now) {
    pause = password.equals(refused) ? doubled(pause) : SHORTEST;
    refused = password;
    words = why;
    nextTry = now.plus(pause);
    return nextTry;
  }

  /** Forgets what was refused. */
  synchronized void accept() {
    refused = null;
    pause = SHORTEST;
  }

  /** Spells an instant to the second, rounded up so that it is never too early. */
  static String shown(Instant instant) {
    Instant second = instant.truncatedTo(ChronoUnit.SECONDS);
    return (second.equals(instant) ? second : second.plusSeconds(1)).toString();
  }

  private static Duration doubled(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST) > 0 ? LONGEST : twice;
  }
}
