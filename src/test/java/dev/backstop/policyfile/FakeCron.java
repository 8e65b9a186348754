package dev.backstop.policyfile;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** Judges as Quartz would, for the few expressions that the tests use. */
final class FakeCron implements CronCheck {

  @Override
  public Optional<String> problem(String expression, ZoneId zone, Instant now) {
    return expression.contains(" 31 2 ") ? Optional.of("never fires") : Optional.empty();
  }
}
