package dev.backstop.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The verb {@code forget}: drops deleted policies. */
@Command(name = "forget", description = "Drop a deleted policy, or a held set; stops nothing")
final class ForgetCommand extends Verb {

  @Parameters(paramLabel = "POLICY|ID", description = "The policy's name, or the set's id")
  private String policyOrId = "";

  @Option(names = "--reason", paramLabel = "R", required = true, description = "Why; for history")
  private ReasonOption reason = ReasonOption.UNSAID;

  @Mixin private WithoutDaemon withoutDaemon = new WithoutDaemon();

  ForgetCommand(Session session) {
    super(session);
  }

  @Override
  ExitCode perform() {
    terminal().print(application().forget(policyOrId, reason.words(), withoutDaemon.isChosen()));
    return ExitCode.OK;
  }
}
