package dev.backstop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.cli.Typed;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Gives each test a place of its own, in which it types commands. */
@Execution(ExecutionMode.CONCURRENT)
abstract class SiteTestCase {

  @TempDir Path folder;
  Site site;

  @BeforeEach
  final void open() {
    site = new Site(folder);
  }

  @AfterEach
  final void close() {
    site.close();
  }

  /** Types a command that ends with a code, and never with a stack trace or a password. */
  final Typed typed(int code, String... arguments) {
    Typed typed = site.type(arguments);
    assertThat(typed.code()).as(String.join(" ", arguments) + "\n" + typed.text()).isEqualTo(code);
    assertThat(typed.text()).doesNotContain("\tat ", Stand.PASSWORD);
    return typed;
  }
}
