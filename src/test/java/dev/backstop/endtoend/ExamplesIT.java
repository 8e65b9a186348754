package dev.backstop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.cli.Typed;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Checks the files that people start from. */
class ExamplesIT {

  private static final Path HOME = Path.of("").toAbsolutePath();

  @Test
  void examplesAreValidAsTheyAre() {
    Typed typed = Typed.in(HOME, "validate");
    assertThat(typed.err()).isEmpty();
    assertThat(typed.out()).contains("1 policy valid.");
    assertThat(typed.code()).isZero();
  }

  @Test
  void shippedSchemasAreWhatTheCommandPrints() {
    assertThat(HOME.resolve("policies").resolve("policy.schema.json"))
        .content()
        .isEqualToIgnoringNewLines(Typed.in(HOME, "schema", "policy").out());
    assertThat(HOME.resolve("conf").resolve("conf.schema.json"))
        .content()
        .isEqualToIgnoringNewLines(Typed.in(HOME, "schema", "conf").out());
  }
}
