package dev.backstop.oceanbase;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code backup_backup_dest_option} (docs/oceanbase.md#modes). */
final class CopyOption {

  private static final Pattern CHECKPOINT =
      Pattern.compile("(?i)\\blog_archive_checkpoint_interval\\s*=\\s*(\\d{1,9})\\s*([a-z]*)");

  private CopyOption() {}

  /** Returns how often the continuous copy advances; empty where the option does not say. */
  static Optional<Duration> checkpointInterval(String option) {
    Matcher matcher = CHECKPOINT.matcher(option);
    if (!matcher.find()) {
      return Optional.empty();
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
      case "ms" -> Optional.of(Duration.ofMillis(amount));
      case "", "s" -> Optional.of(Duration.ofSeconds(amount));
      case "m" -> Optional.of(Duration.ofMinutes(amount));
      case "h" -> Optional.of(Duration.ofHours(amount));
      case "d" -> Optional.of(Duration.ofDays(amount));
      default -> Optional.empty();
    };
  }
}
