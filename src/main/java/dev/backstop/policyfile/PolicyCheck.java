package dev.backstop.policyfile;

import dev.backstop.policy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Holds what one look at a set of policy files gave, without waiting for them to settle.
 *
 * @param readings one for each file, in the order asked for
 * @param warnings sentences about policies that contradict each other
 */
public record PolicyCheck(List<PolicyReading> readings, List<String> warnings) {

  /** Copies the lists. */
  public PolicyCheck {
    readings = List.copyOf(readings);
    warnings = List.copyOf(warnings);
  }

  /** Reads files; never throws for what they are or hold. */
  public static PolicyCheck of(List<Path> files, PolicyReader reader, Instant now) {
    List<PolicyReading> readings = new ArrayList<>();
    for (Path file : files) {
      readings.add(read(file, reader, now));
    }
    List<PolicyReading> judged = DuplicateNames.refused(readings);
    List<Policy> policies =
        judged.stream().map(PolicyReading::policy).filter(Objects::nonNull).toList();
    return new PolicyCheck(judged, Contradictions.among(policies));
  }

  /** Returns every mistake of every file, in order. */
  public List<Problem> problems() {
    return readings.stream().flatMap(reading -> reading.problems().stream()).sorted().toList();
  }

  private static PolicyReading read(Path file, PolicyReader reader, Instant now) {
    try {
      if (Files.isDirectory(file)) {
        return unreadable(file, "it is a folder; name its files");
      }
      return reader.read(file.toString(), BoundedFile.read(file), now);
    } catch (NoSuchFileException missing) {
      return unreadable(file, "there is no such file");
    } catch (IOException failed) {
      return unreadable(file, BoundedFile.words(failed));
    }
  }

  private static PolicyReading unreadable(Path file, String words) {
    Problem problem = new Problem(file.toString(), 1, 1, words);
    return new PolicyReading(file.toString(), null, null, null, 1, 1, List.of(problem));
  }
}
