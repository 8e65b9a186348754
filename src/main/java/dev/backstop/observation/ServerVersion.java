package dev.backstop.observation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds a server's version as dotted numbers (reference, section 8).
 *
 * @param parts most significant first, never empty
 */
public record ServerVersion(List<Integer> parts) {

  private static final Pattern AFTER_NAME =
      Pattern.compile("OceanBase[^0-9]*?v?(\\d{1,9}(?:\\.\\d{1,9})+)", Pattern.CASE_INSENSITIVE);
  private static final Pattern BARE = Pattern.compile("\\s*v?(\\d{1,9}(?:\\.\\d{1,9})+).*");

  /** Copies the parts. */
  public ServerVersion {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a version needs at least one number");
    }
  }

  /**
   * Reads a version from {@code version_comment}, else from {@code ob_version()}.
   *
   * @return empty where neither holds a dotted number
   */
  public static Optional<ServerVersion> read(String versionComment, String obVersion) {
    Matcher named = AFTER_NAME.matcher(versionComment);
    if (named.find()) {
      return Optional.of(parse(named.group(1)));
    }
    Matcher bare = BARE.matcher(obVersion);
    return bare.matches() ? Optional.of(parse(bare.group(1))) : Optional.empty();
  }

  private static ServerVersion parse(String dotted) {
    List<Integer> numbers = new ArrayList<>();
    for (String number : dotted.split("\\.", -1)) {
      numbers.add(Integer.valueOf(number));
    }
    return new ServerVersion(numbers);
  }

  /** Tells whether the server no longer knows secondary backup: 4.0 and later. */
  public boolean lacksSecondaryBackup() {
    return parts.get(0) >= 4;
  }

  @Override
  public String toString() {
    StringJoiner dotted = new StringJoiner(".");
    for (int part : parts) {
      dotted.add(Integer.toString(part));
    }
    return dotted.toString();
  }
}
