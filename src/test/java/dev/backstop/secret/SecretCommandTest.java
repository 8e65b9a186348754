package dev.backstop.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backstop.config.Secret;
import dev.backstop.config.Secret.Source;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class SecretCommandTest {

  @TempDir private Path folder;

  private static Secret script(String script, String... arguments) {
    List<String> words = new ArrayList<>(List.of("-c", script, "vault"));
    words.addAll(List.of(arguments));
    return new Secret(Source.COMMAND, "sh", words);
  }

  private static SecretValue run(Secret secret) throws SecretException {
    return new SecretCommand(SecretCommand.TIMEOUT).run(secret);
  }

  @Test
  void outputIsThePassword_withoutItsLastNewline() throws Exception {
    Secret secret = script("printf '%s\\n\\n' \"$1\"; echo noise >&2", "pw of {cluster}");
    assertThat(run(secret.of("hz-prod")).text()).isEqualTo("pw of hz-prod\n");
  }

  @Test
  void programIsReadFromNoTerminalAndMayUseItsEnvironment() throws Exception {
    assertThat(run(script("cat; test -n \"$PATH\" && printf pw")).text()).isEqualTo("pw");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo s3cret; echo s3cret >&2; exit 2",
        "printf 's3cret\\377'",
        "yes s3cret",
        "echo s3cret; kill -9 $$"
      })
  void whateverFails_NeitherOutputNorErrorTextNorArgumentsAreShown(String script) {
    assertThatThrownBy(() -> run(script(script, "s3cret")))
        .isInstanceOf(SecretException.class)
        .message()
        .startsWith("passwordCommand sh ")
        .doesNotContain("s3cret");
  }

  @Test
  void programThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> run(new Secret(Source.COMMAND, "/no/vault", List.of("s3cret"))))
        .hasMessage(
            "passwordCommand /no/vault can't be started; name a program that the daemon's user may"
                + " run");
  }

  @Test
  void programThatHangsIsEnded_withWhatItStarted() throws Exception {
    Path pids = folder.resolve("pids");
    Secret secret = script("sleep 100 & echo $! > $1; wait", pids.toString());

    assertThatThrownBy(() -> new SecretCommand(Duration.ofSeconds(1)).run(secret))
        .hasMessage(
            "passwordCommand sh has not ended within 1 s; run it by hand as the daemon's user");

    long child = Long.parseLong(Files.readString(pids).strip());
    ProcessHandle.of(child).ifPresent(left -> left.onExit().join());
    assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void fourRunAtOnceAtMost() throws Exception {
    String script =
        "mkdir $1/run.$$; ls -d $1/run.* | wc -l >> $1/counts; sleep 0.2; rmdir $1/run.$$";
    Callable<SecretValue> run = () -> run(script(script, folder.toString()));
    ExecutorService threads = Executors.newFixedThreadPool(12);
    try {
      List<Future<SecretValue>> runs = new ArrayList<>();
      for (int count = 0; count < 12; count++) {
        runs.add(threads.submit(run));
      }
      for (Future<SecretValue> one : runs) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
    List<String> counts = Files.readAllLines(folder.resolve("counts"), StandardCharsets.US_ASCII);
    assertThat(counts)
        .hasSize(12)
        .allSatisfy(count -> assertThat(Integer.parseInt(count.strip())).isBetween(1, 4));
  }
}
