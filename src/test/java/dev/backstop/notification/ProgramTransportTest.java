package dev.backstop.notification;

import static dev.backstop.notification.Examples.DATA;
import static dev.backstop.notification.Examples.message;
import static dev.backstop.notification.Examples.transition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.config.NotificationSettings.Program;
import dev.backstop.plan.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProgramTransportTest {

  private static final Message MESSAGE = message(transition(DATA, State.STOPPED, State.UNKNOWN));

  @TempDir private Path folder;

  private static ProgramTransport shell(Duration timeout, String script, String... arguments) {
    List<String> words = new ArrayList<>(List.of("-c", script, "hook"));
    Collections.addAll(words, arguments);
    return new ProgramTransport(new Program("sh", words), timeout);
  }

  private static ProgramTransport shell(String script, String... arguments) {
    return shell(ProgramTransport.TIMEOUT, script, arguments);
  }

  @Test
  void programReadsTheMessageOnItsInput_andItsArguments() throws Exception {
    Path out = folder.resolve("out");
    shell("cat > \"$1\"; echo \"$2\" >> \"$1\"", out.toString(), "a b").deliver(MESSAGE);

    assertThat(Files.readAllLines(out)).containsExactly(WebhookForm.json(MESSAGE), "a b");
  }

  @Test
  void programThatReadsNothingAndPrintsMuchIsDone() throws Exception {
    Transition[] many = new Transition[2_000];
    Arrays.fill(many, transition(DATA, State.STOPPED, State.UNKNOWN));
    Path done = folder.resolve("done");
    shell("yes | head -c 1000000; (yes | head -c 1000000) >&2; : > \"$1\"", done.toString())
        .deliver(message(many));

    assertThat(done).exists();
  }

  @Test
  void anotherExitIsAFailure_withoutWhatItPrints() {
    assertThatThrownBy(() -> shell("echo s3cret >&2; exit 3", "s3cret").deliver(MESSAGE))
        .isInstanceOf(DeliveryException.class)
        .hasMessage(
            "exec sh ended with 3; run it by hand as the daemon's user, with the JSON on its"
                + " input; where that works, the unit of the service forbids what it does");
  }

  @Test
  void programThatHangsIsEnded_andItsChildrenToo() throws Exception {
    Path child = folder.resolve("child");
    assertThatThrownBy(
            () ->
                shell(Duration.ofSeconds(1), "sleep 600 & echo $! > \"$1\"; wait", child.toString())
                    .deliver(MESSAGE))
        .isInstanceOf(DeliveryException.class)
        .hasMessageContaining("exec sh has not ended within 1 s");
    long pid = Long.parseLong(Files.readString(child).strip());
    ProcessHandle.of(pid).ifPresent(left -> left.onExit().join());
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void programThatIsNotThereIsNamed_withoutItsArguments() {
    Program program = new Program(folder + "/none", List.of("s3cret"));

    assertThatThrownBy(
            () -> new ProgramTransport(program, ProgramTransport.TIMEOUT).deliver(MESSAGE))
        .isInstanceOf(DeliveryException.class)
        .hasMessage(
            "exec "
                + folder
                + "/none can't be started; name a program that the daemon's user may run");
  }
}
