package dev.backstop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Types every verb with an output or error stream that is full or closed. */
@Execution(ExecutionMode.CONCURRENT)
class StandardStreamsIT extends EnvironmentTables {

  @Test
  void withAStandardOutputThatIsFull() {
    daemon();
    environment.by("sh", "-c", "exec \"$@\" >/dev/full", "sh");
    assertThat(environment.typeAll(List.copyOf(VERBS.values())))
        .allSatisfy(result -> assertThat(result.code()).isEqualTo(1));
    assertThat(environment.type(List.of("status")).text())
        .contains("the output can't be written: No space left on device");
  }

  @Test
  void withAStandardOutputThatIsClosed() {
    daemon();
    environment.by("sh", "-c", "exec \"$@\" >&-", "sh");
    for (String verb : List.of("--version", "status", "history")) {
      Environment.Result result = environment.type(words(verb));
      assertThat(result.code()).as(verb).isEqualTo(1);
      assertThat(result.text()).contains("the output can't be written");
    }
  }

  /** What is shown arrives; a message that does not is an error. */
  @Test
  void withAStandardErrorThatIsFull() {
    daemon();
    environment.by("sh", "-c", "exec \"$@\" 2>/dev/full", "sh");
    expect(
        USUAL,
        """
        approve    1
        forget     1
        apply      1 Done
        """);
  }

  @Test
  void withAStandardErrorThatIsClosed() {
    daemon();
    environment.by("sh", "-c", "exec \"$@\" 2>&-", "sh");
    assertThat(environment.type(words("status")).code()).isZero();
    assertThat(environment.type(words("approve")).code()).isEqualTo(1);
  }
}
