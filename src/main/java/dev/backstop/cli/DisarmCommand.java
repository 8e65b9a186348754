package dev.backstop.cli;

import dev.backstop.text.PointInTime;
import dev.backstop.text.Times;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The verb {@code disarm}: permits no statement until armed again. */
@Command(
    name = "disarm",
    description = "Send nothing to a cluster until it is armed again; looks go on")
final class DisarmCommand extends Verb {

  @ArgGroup(multiplicity = "1")
  private ClusterOrAll target = new ClusterOrAll();

  @Option(names = "--reason", paramLabel = "R", required = true, description = "Why; for history")
  private ReasonOption reason = ReasonOption.UNSAID;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "Ends by itself then: a duration from now, or an ISO time")
  private @Nullable PointInTime until;

  DisarmCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode perform() {
    Instant now = session().clock().instant();
    Instant end = until == null ? null : until.after(now);
    if (end != null && !end.isAfter(now)) {
      throw mistake("--until " + Times.utc(end) + " has passed; name a time to come");
    }
    terminal().print(application().disarm(target.name(), reason.words(), end));
    return ExitCode.OK;
  }
}
