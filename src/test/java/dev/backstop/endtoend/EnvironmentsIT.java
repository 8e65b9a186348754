package dev.backstop.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.testing.Need;
import dev.backstop.testing.Needs;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Types every verb in every environment that surprised somebody. What each comes to is one table:
 * the verb, its exit code and a text that it must write.
 */
@Execution(ExecutionMode.CONCURRENT)
class EnvironmentsIT extends EnvironmentTables {

  @Test
  void usually() {
    daemon();
    expect(USUAL);
    assertThat(site.history().toString()).contains(REASON);
  }

  @Test
  void withoutHome() {
    daemon();
    environment.without("HOME").without("USER").without("XDG_RUNTIME_DIR");
    expect(USUAL);
  }

  @ParameterizedTest
  @Needs(Need.LOCALES)
  @CsvSource({
    "tr_TR, UTF-8, UTF-8",
    "th_TH, UTF-8, UTF-8",
    "fa_IR, UTF-8, UTF-8",
    "zh_CN, GB18030, GB18030",
    "C, '', ISO-8859-1"
  })
  void inLocale(String name, String encoding, String charset) throws Exception {
    daemon();
    if (!encoding.isEmpty()) {
      Path made = Files.createDirectory(temporary.resolve("locales"));
      new ProcessBuilder(
              "localedef",
              "--no-archive",
              "-i",
              name,
              "-f",
              encoding,
              made.resolve(name + "." + encoding).toString())
          .start()
          .waitFor();
      assertThat(made).isNotEmptyDirectory();
      environment.with("LOCPATH", made.toString());
    }
    environment
        .with("LC_ALL", encoding.isEmpty() ? name : name + "." + encoding)
        .in(Charset.forName(charset));
    expect(USUAL);
    assertThat(site.history().toString()).contains(REASON);
  }

  @Test
  @Needs(Need.ROOT)
  void withATemporaryFolderThatRunsNoPrograms_orIsReadOnly_orMissing() {
    daemon();
    Path other = folder.resolve("tmp");
    environment.option("-Djava.io.tmpdir=" + other);
    assertThat(environment.type(List.of("status")).code()).isZero();
    for (String how : List.of("ro", "noexec")) {
      environment.by(
          "unshare",
          "-m",
          "sh",
          "-c",
          "mkdir -p tmp && mount -t tmpfs -o " + how + " tmpfs tmp && exec \"$@\"",
          "sh");
      assertThat(environment.type(List.of("status")).text()).contains("PERMITTED");
    }
    expect(USUAL);
  }

  @Test
  @Needs(Need.ROOT)
  void withNoFolderThatRunsPrograms() {
    atRest();
    Path other = folder.resolve("tmp");
    environment
        .option("-Djava.io.tmpdir=" + other)
        .by(
            "unshare",
            "-m",
            "sh",
            "-c",
            "mkdir -p tmp; for f in tmp /var/tmp /dev/shm; do"
                + " mount -t tmpfs -o noexec tmpfs $f; done;"
                + " mount --bind state state; mount -o remount,bind,noexec state; exec \"$@\"",
            "sh");
    String repair = "BACKSTOP_JAVA_OPTS=-Djava.io.tmpdir=FOLDER";
    expect(
        USUAL,
        Arrays.stream(DENIED.split("\n"))
            .map(line -> line.replace("permission denied", repair) + "\n")
            .reduce("", String::concat));
  }
}
