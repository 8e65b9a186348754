package dev.backstop.jdbc;

import dev.backstop.secret.SecretValue;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Backoff after a refused login, so that no account is locked: 10 s, doubling up to 5 min. It ends
 * with another password or a touched password file. Thread-safe.
 */
final class LoginBackoff {

  private static final Duration MIN_DELAY = Duration.ofSeconds(10);
  private static final Duration MAX_DELAY = Duration.ofMinutes(5);

  private final Looks looks;
  private @Nullable SecretValue refusedPassword;
  private String message = "";
  private Instant nextTry = Instant.EPOCH;
  private Duration delay = MIN_DELAY;

  /** Words its refusals for looks that are repeated, or for one alone. */
  LoginBackoff(Looks looks) {
    this.looks = looks;
  }

  /** Returns why no login with this password may be tried now; empty where one may. */
  synchronized Optional<String> pendingRefusal(SecretValue password, Instant now) {
    if (!password.equals(refusedPassword) || !now.isBefore(nextTry)) {
      return Optional.empty();
    }
    return Optional.of(words());
  }

  /** Where one look is all, nothing is tried again by itself. */
  private String words() {
    return switch (looks) {
      case REPEATED -> message + "; next try at " + format(nextTry);
      case ONE -> message;
    };
  }

  /** Records a refusal and returns it in words, with when the next login may be tried. */
  synchronized String onRefused(SecretValue password, String reason, Instant now) {
    delay = password.equals(refusedPassword) ? doubled(delay) : MIN_DELAY;
    refusedPassword = password;
    message = reason;
    nextTry = now.plus(delay);
    return words();
  }

  /** Records a successful login. */
  synchronized void onAccepted() {
    refusedPassword = null;
    delay = MIN_DELAY;
  }

  /** Formats an instant, rounded up to a second so that it is never too early. */
  private static String format(Instant instant) {
    Instant second = instant.truncatedTo(ChronoUnit.SECONDS);
    return (second.equals(instant) ? second : second.plusSeconds(1)).toString();
  }

  private static Duration doubled(Duration delay) {
    Duration twice = delay.multipliedBy(2);
    return twice.compareTo(MAX_DELAY) > 0 ? MAX_DELAY : twice;
  }
}
