package dev.backstop.simulator.cluster;

import dev.backstop.simulator.cluster.Command.Verb;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parses the ALTER SYSTEM statements of docs/oceanbase.md#grammar. */
final class StatementParser {

  private final Edition edition;

  StatementParser(Edition edition) {
    this.edition = edition;
  }

  /** Returns the statement, or empty where the server would answer 1064. */
  Optional<Command> parse(String statement) {
    return parse(new Words(statement));
  }

  /** Returns where the parser stumbles over a statement that is none. */
  int stumbledAt(String statement) {
    Words words = new Words(statement);
    parse(words);
    return words.stumbledAt();
  }

  private Optional<Command> parse(Words words) {
    if (!words.take("ALTER", "SYSTEM")) {
      return Optional.empty();
    }
    if (words.take("CANCEL")) {
      return cancel(words);
    }
    if (words.take("BACKUP")) {
      return backup(words);
    }
    if (words.take("SET")) {
      return set(words);
    }
    if (words.take("DELETE")) {
      return delete(words);
    }
    return plain(words).map(Command::of);
  }

  private static Optional<Verb> plain(Words words) {
    if (words.takeLast("START", "BACKUP", "ARCHIVELOG")) {
      return Optional.of(Verb.START_ARCHIVE);
    }
    if (words.takeLast("STOP", "BACKUP", "ARCHIVELOG")) {
      return Optional.of(Verb.STOP_ARCHIVE);
    }
    if (words.takeLast("ARCHIVELOG")) {
      return Optional.of(Verb.ARCHIVELOG);
    }
    if (words.takeLast("NOARCHIVELOG")) {
      return Optional.of(Verb.NOARCHIVELOG);
    }
    boolean suspends = words.takeLast("SUSPEND", "BACKUP") || words.takeLast("RESUME", "BACKUP");
    return suspends ? Optional.of(Verb.SUSPEND_OR_RESUME) : Optional.empty();
  }

  private Optional<Command> cancel(Words words) {
    if (words.takeLast("BACKUP")) {
      return Optional.of(Command.of(Verb.CANCEL_BACKUP));
    }
    if (words.takeLast("BACKUP", "BACKUPSET")) {
      return Optional.of(Command.of(Verb.CANCEL_BACKUPSET));
    }
    if (knowsPieces() && words.takeLast("BACKUP", "BACKUPPIECE")) {
      return Optional.of(Command.of(Verb.CANCEL_BACKUPPIECE));
    }
    if (edition.knowsForce() && words.takeLast("ALL", "BACKUP", "FORCE")) {
      return Optional.of(Command.of(Verb.CANCEL_ALL_FORCE));
    }
    if (words.takeLast("DELETE", "BACKUP")) {
      return Optional.of(Command.of(Verb.CANCEL_DELETE));
    }
    boolean validates = words.take("VALIDATE") && takesNumberAndCopy(words);
    return validates ? Optional.of(Command.of(Verb.CANCEL_VALIDATE)) : Optional.empty();
  }

  private static Optional<Command> delete(Words words) {
    boolean one = words.take("BACKUPSET") || words.take("BACKUPPIECE") || words.take("BACKUPROUND");
    boolean known = one ? takesNumberAndCopy(words) : words.takeLast("OBSOLETE", "BACKUP");
    return known ? Optional.of(Command.of(Verb.DELETE_BACKUP)) : Optional.empty();
  }

  private static boolean takesNumberAndCopy(Words words) {
    boolean number = words.takeNumber().isPresent();
    return number && (!words.take("COPY") || words.takeNumber().isPresent()) && words.isAtEnd();
  }

  private Optional<Command> backup(Words words) {
    if (words.takeLast("DATABASE") || words.takeLast("INCREMENTAL", "DATABASE")) {
      return Optional.of(Command.of(Verb.BACKUP_DATABASE));
    }
    if (words.take("BACKUPSET")) {
      return copy(Verb.BACKUP_BACKUPSET, words);
    }
    if (knowsPieces() && words.take("BACKUPPIECE")) {
      return copy(Verb.BACKUP_BACKUPPIECE, words);
    }
    return Optional.empty();
  }

  private static Optional<Command> copy(Verb verb, Words words) {
    long item = 0;
    long times = -1;
    if (words.take("ALL")) {
      if (words.take("NOT", "BACKED", "UP")) {
        times = words.takeNumber().orElse(0L);
        if (times < 1 || !words.take("TIMES")) {
          return Optional.empty();
        }
      }
    } else {
      words.take("=");
      item = words.takeNumber().orElse(0L);
      if (item == 0) {
        return Optional.empty();
      }
    }
    boolean active = verb == Verb.BACKUP_BACKUPPIECE && words.take("WITH", "ACTIVE");
    return copyTail(verb, words, item, times, active);
  }

  private static Optional<Command> copyTail(
      Verb verb, Words words, long item, long times, boolean active) {
    long tenantId = CopyRequest.CLUSTER;
    String tenantName = "";
    if (words.take("TENANT_ID")) {
      words.take("=");
      tenantId = words.takeNumber().orElse(0L);
    } else if (words.take("TENANT") || words.take("TENANT_NAME")) {
      words.take("=");
      tenantName = words.takeText().orElse("");
      tenantId = tenantName.isEmpty() ? 0 : tenantId;
    }
    @Nullable String destination = null;
    if (words.take("BACKUP_BACKUP_DEST")) {
      words.take("=");
      destination = words.takeText().orElse("");
    }
    if (tenantId == 0 || !words.isAtEnd()) {
      return Optional.empty();
    }
    CopyRequest request = new CopyRequest(item, times, active, tenantId, destination);
    return Optional.of(new Command(verb, request, tenantName, "", ""));
  }

  private static Optional<Command> set(Words words) {
    Optional<String> name = words.takeText();
    if (name.isEmpty() || !words.take("=")) {
      return Optional.empty();
    }
    Optional<String> value = words.takeText();
    if (words.take("SCOPE")) {
      words.take("=");
      words.takeText();
    }
    if (value.isEmpty() || !words.isAtEnd()) {
      return Optional.empty();
    }
    String parameter = name.get().toLowerCase(Locale.ROOT);
    return Optional.of(new Command(Verb.SET, null, "", parameter, value.get()));
  }

  /** Tells whether the words of piece jobs parse, as they still do in 4.x. */
  private boolean knowsPieces() {
    return edition.hasPieces() || edition.isFour();
  }
}
