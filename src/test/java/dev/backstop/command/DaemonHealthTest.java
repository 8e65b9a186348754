package dev.backstop.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.command.DaemonStatus.Answer;
import dev.backstop.config.ConfReader;
import dev.backstop.config.Settings;
import dev.backstop.plan.Reason;
import dev.backstop.plan.ReasonCode;
import dev.backstop.plan.State;
import dev.backstop.state.Report;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DaemonHealthTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  private static final Settings SETTINGS =
      Objects.requireNonNull(
          new ConfReader("host", ZoneOffset.UTC)
              .read(
                  Path.of("/srv/conf/backstop.yaml"),
                  "clusters: {hz: {endpoints: ['h:1'], user: u, passwordEnv: P}}"
                      .getBytes(StandardCharsets.UTF_8))
              .settings());

  private static Report due(String cluster, State state, Instant next) {
    Report report =
        Report.unseen(cluster, "d", state, Reason.of(ReasonCode.NO_JOBS, "no jobs"), NOON);
    return new Report(report.plan(), NOON, "d", "h:1", "3.1.4", next);
  }

  private static String words(Answer answer, Report... reports) {
    return DaemonHealth.words(
        new DaemonStatus(answer, "daemon d of /etc/other.yaml"), SETTINGS, List.of(reports), NOON);
  }

  @Test
  void daemonThatLooksInTimeNeedsNoWord() {
    assertThat(
            words(
                Answer.OURS,
                due("hz", State.STOPPED, NOON.minusSeconds(30)),
                due("idle", State.UNMANAGED, NOON.minusSeconds(3600))))
        .isEmpty();
  }

  @Test
  void looksThatAreOverdueAreSaidWhateverTheirLastState() {
    assertThat(words(Answer.OURS, due("hz", State.STOPPED, NOON.minusSeconds(90))))
        .isEqualTo(
            "The look at hz is overdue by 1 min 30 s; what follows of it is what was seen last.");
    assertThat(
            words(
                Answer.OURS,
                due("hz", State.STOPPED, NOON.minusSeconds(90)),
                due("sh", State.HELD, NOON.minusSeconds(120))))
        .startsWith("The looks at 2 clusters are overdue, by up to 2 min;");
  }

  @Test
  void daemonThatIsGoneAnothersOrUnknownIsSaid() {
    assertThat(words(Answer.NONE))
        .startsWith("No daemon works on the state store: nothing is looked at or stopped");
    assertThat(words(Answer.ANOTHERS))
        .isEqualTo(
            "No daemon of /srv/conf/backstop.yaml works on the state store, but daemon d of"
                + " /etc/other.yaml does: is that the right --conf?");
    assertThat(words(Answer.UNKNOWN)).contains("can't be told: daemon d of /etc/other.yaml");
  }
}
