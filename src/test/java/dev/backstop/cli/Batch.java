package dev.backstop.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Does what {@code bin/backstop} does for each line of standard input, its words between tabs, in
 * one process: where many verbs are tried in one environment, each start would take its second.
 */
public final class Batch {

  /** Ends what one verb wrote, on both streams. */
  static final String END = "----- end of ";

  private static final Duration LAST_WORDS = Duration.ofSeconds(30);

  private Batch() {}

  /** Writes the exit codes, one a line, into the file that is named. */
  public static void main(String[] arguments) throws IOException {
    List<String> codes = new ArrayList<>();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] words = line.split("\t", -1);
      Session session = Backstop.ofProcess(words);
      codes.add(Integer.toString(Backstop.execute(session, words)));
      System.out.println("\n" + END + words[0]);
      System.err.println("\n" + END + words[0]);
      // As at the end of a process: some verbs write from a thread of their own.
      session.terminal().drain(LAST_WORDS);
    }
    Files.write(Path.of(arguments[0]), codes);
    System.exit(0);
  }

  /** Returns what each verb wrote. */
  public static List<String> split(String written) {
    List<String> parts = List.of(written.split("(?m)^" + END + ".*\n", -1));
    return parts.subList(0, parts.size() - 1);
  }
}
