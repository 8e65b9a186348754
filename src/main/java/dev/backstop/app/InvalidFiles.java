package dev.backstop.app;

import dev.backstop.config.Settings;
import dev.backstop.policy.FileState;
import dev.backstop.policy.PolicyRegistry;
import java.util.List;
import java.util.stream.Stream;

/** Names what is wrong with policy files, as every command that reads the folder shows it. */
final class InvalidFiles {

  private InvalidFiles() {}

  /** Lists the mistakes, each {@code file:line:column: message}, by the names of the files. */
  static List<String> of(Settings settings, PolicyRegistry book) {
    String folder = settings.folder().directory() + "/";
    Stream<String> strays =
        book.strays().stream().map(stray -> folder + stray.file() + ":" + stray.problem());
    Stream<String> known =
        book.policies().stream()
            .filter(policy -> policy.presence() == FileState.BROKEN)
            .map(policy -> folder + policy.file() + ":" + policy.problem());
    return Stream.concat(strays, known).distinct().sorted().toList();
  }
}
