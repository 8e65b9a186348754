package dev.backstop.cli;

import dev.backstop.force.ForceOutcome;
import dev.backstop.force.ForceService;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Remembers what it was asked, and ends as the test says. */
final class FakeForce implements ForceService {

  final List<String> asked = new ArrayList<>();
  ForceOutcome outcome = ForceOutcome.PROVEN;

  FakeForce on(Path conf) {
    asked.add(String.valueOf(conf.getFileName()));
    return this;
  }

  @Override
  public void show(String cluster, Output output) {
    asked.add("show " + cluster);
    output.result("what it ends");
  }

  @Override
  public ForceOutcome run(Order order, Output output) {
    asked.add(order.toString());
    output.progress("on its way");
    return outcome;
  }
}
