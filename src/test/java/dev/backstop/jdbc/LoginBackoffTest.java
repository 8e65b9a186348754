package dev.backstop.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.config.Secret;
import dev.backstop.secret.SecretException;
import dev.backstop.secret.SecretReader;
import dev.backstop.secret.SecretValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoginBackoffTest {

  private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");
  private static final SecretValue PASSWORD = new SecretValue("wrong", 1);

  private final LoginBackoff backoff = new LoginBackoff(Looks.REPEATED);

  @Test
  void allowsFirstTry() {
    assertThat(backoff.pendingRefusal(PASSWORD, START)).isEmpty();
  }

  @Test
  void doublesPauseUpToFiveMinutes() {
    List<Long> pauses = new ArrayList<>();
    Instant now = START;
    for (int i = 0; i < 8; i++) {
      Instant next = nextTry(backoff.onRefused(PASSWORD, "refused", now));
      pauses.add(Duration.between(now, next).toSeconds());
      assertThat(backoff.pendingRefusal(PASSWORD, next.minusMillis(1))).isPresent();
      assertThat(backoff.pendingRefusal(PASSWORD, next)).isEmpty();
      now = next;
    }
    assertThat(pauses).containsExactly(10L, 20L, 40L, 80L, 160L, 300L, 300L, 300L);
  }

  private static Instant nextTry(String words) {
    return Instant.parse(words.substring("refused; next try at ".length()));
  }

  @Test
  void saysNothingOfANextTryWhereOneLookIsAll() {
    LoginBackoff once = new LoginBackoff(Looks.ONE);

    assertThat(once.onRefused(PASSWORD, "hz refused user root", START))
        .isEqualTo("hz refused user root");
    assertThat(once.pendingRefusal(PASSWORD, START)).contains("hz refused user root");
  }

  @Test
  void saysWhenTheNextTryIs() {
    backoff.onRefused(PASSWORD, "hz refused user root", START);

    assertThat(backoff.pendingRefusal(PASSWORD, START.plusSeconds(1)))
        .contains("hz refused user root; next try at 2026-11-23T08:00:10Z");
  }

  @Test
  void startsAnew_withAnotherPasswordOrTouchedFile() {
    backoff.onRefused(PASSWORD, "refused", START);

    assertThat(backoff.pendingRefusal(new SecretValue("right", 1), START)).isEmpty();
    assertThat(backoff.pendingRefusal(new SecretValue("wrong", 2), START)).isEmpty();
    assertThat(nextTry(backoff.onRefused(new SecretValue("wrong", 2), "refused", START)))
        .isEqualTo(START.plusSeconds(10));
  }

  @Test
  void forgetsRefusals_afterLogin() {
    backoff.onRefused(PASSWORD, "refused", START);
    backoff.onAccepted();

    assertThat(backoff.pendingRefusal(PASSWORD, START)).isEmpty();
  }

  @Test
  void otherOutputOfAProgramEndsIt() throws Exception {
    backoff.onRefused(printed("old"), "refused", START);

    assertThat(backoff.pendingRefusal(printed("old"), START)).isPresent();
    assertThat(backoff.pendingRefusal(printed("new"), START)).isEmpty();
  }

  private static SecretValue printed(String text) throws SecretException {
    Secret secret = new Secret(Secret.Source.COMMAND, "echo", List.of(text));
    return new SecretReader(variable -> null).read(secret);
  }
}
