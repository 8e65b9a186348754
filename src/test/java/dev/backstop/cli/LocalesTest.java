package dev.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.cli.text.HistoryText;
import dev.backstop.observation.Kind;
import dev.backstop.plan.SentStatement;
import dev.backstop.plan.Statement;
import dev.backstop.state.Actor;
import dev.backstop.state.Event;
import dev.backstop.state.HistoryEntry;
import dev.backstop.testing.Locales;
import dev.backstop.text.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What people and programs read is the same under every default locale. */
@Isolated
class LocalesTest {

  static final List<String> UNUSUAL = Locales.UNUSUAL;

  private static final Instant LATE = Instant.parse("2026-11-23T20:00:00.123456Z");

  private static List<String> everything() {
    HistoryEntry sent =
        HistoryEntry.of(
                LATE,
                new Actor("backstop-1", "daemon", "backstop-1"),
                "hz-prod",
                Kind.DATA,
                Event.STATEMENT_RESULT,
                "policy hz-prod says off")
            .sending(Statement.CANCEL_BACKUPSET, List.of(Samples.SET))
            .ending(SentStatement.Result.ACCEPTED, List.of());
    List<String> all = new ArrayList<>();
    all.addAll(PlanCommand.lines(Samples.busy(), false));
    all.addAll(StatusCommand.lines(Samples.busy(), Samples.NOW, false, true));
    all.addAll(ApplyCommand.lines(Samples.busy(), ExitCode.NOT_PROVEN, false));
    all.addAll(new HistoryText(false).lines(List.of(sent)));
    all.add(JsonOutput.plan(Samples.busy()));
    all.add(JsonOutput.status(Samples.busy()));
    all.add(JsonOutput.history(sent));
    all.add(Times.utc(LATE));
    return all;
  }

  @ParameterizedTest
  @FieldSource("UNUSUAL")
  void textAndJsonAreTheSame(String locale) {
    assertThat(Locales.under(locale, LocalesTest::everything))
        .isEqualTo(Locales.under("en", LocalesTest::everything));
  }
}
