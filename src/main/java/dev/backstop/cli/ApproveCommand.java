package dev.backstop.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The verb {@code approve}: releases a held set. */
@Command(name = "approve", description = "Release exactly one held set, as plan and status show it")
final class ApproveCommand extends Verb {

  @Parameters(paramLabel = "ID", description = "The set's id")
  private String id = "";

  @Option(names = "--reason", paramLabel = "R", required = true, description = "Why; for history")
  private ReasonOption reason = ReasonOption.UNSAID;

  @Option(
      names = "--only",
      paramLabel = "CLUSTER",
      completionCandidates = ClusterNames.class,
      description = "Release what is held of this cluster alone")
  private @Nullable String only;

  @Mixin private WithoutDaemon withoutDaemon = new WithoutDaemon();

  ApproveCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode perform() {
    terminal().print(application().approve(id, only, reason.words(), withoutDaemon.isChosen()));
    return ExitCode.OK;
  }
}
