package dev.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Presses TAB in a real bash, with a program in place of backstop that knows two clusters. */
@Timeout(60)
class CompletionTest {

  @TempDir private Path folder;

  /** Returns what TAB offers after the words typed, the last of which may be begun. */
  private List<String> offered(String... words) throws IOException, InterruptedException {
    Path program = folder.resolve("backstop");
    Files.writeString(
        program, "#!/bin/sh\necho \"$@\" >> " + folder + "/asked\necho hz-prod\necho sh-prod\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    Path script = folder.resolve("completion.sh");
    Files.writeString(script, Typed.in(folder, "completion").out());
    String press =
        "source %s; COMP_WORDS=(%s %s); COMP_CWORD=%s; _complete_backstop; printf '%%s\\n' \"${COMPREPLY[@]}\""
            .formatted(script, program, String.join(" ", words), words.length);
    Process bash = new ProcessBuilder("bash", "-c", press).start();
    bash.getOutputStream().close();
    String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    bash.waitFor();
    return out.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  @Test
  void clustersCompleteOptionsAndParameters() throws Exception {
    assertThat(offered("status", "-c", "''")).contains("hz-prod", "sh-prod");
    assertThat(offered("arm", "sh")).containsExactly("sh-prod");
    assertThat(offered("status", "--conf", "a.yaml", "-c", "hz")).containsExactly("hz-prod");
    assertThat(Files.readAllLines(folder.resolve("asked")))
        .last()
        .isEqualTo("completion --clusters --conf a.yaml");
  }

  @Test
  void notificationsCompleteTheOptionThatTakesThem() throws Exception {
    assertThat(offered("notify", "--test", "''")).contains("hz-prod", "sh-prod");
    assertThat(Files.readAllLines(folder.resolve("asked")))
        .containsExactly("completion --notifications");
    assertThat(offered("notify", "--te")).containsExactly("--test");
  }

  @Test
  void nobodyIsAskedForClustersWhereNoneCanStand() throws Exception {
    assertThat(offered("status", "--wa")).containsExactly("--watch");
    assertThat(folder.resolve("asked")).doesNotExist();
  }
}
