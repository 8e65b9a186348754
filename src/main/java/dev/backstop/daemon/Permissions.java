package dev.backstop.daemon;

import dev.backstop.config.ClusterSettings;
import dev.backstop.config.NotificationSettings;
import dev.backstop.config.NotificationSettings.Program;
import dev.backstop.config.Secret;
import dev.backstop.config.Settings;
import dev.backstop.store.StoreFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what lets other users of the machine decide what is stopped, and passwords that are empty.
 *
 * <p>Others are those who are neither owner nor in the group: whom the group lets in is the
 * administrator's word. A folder whose sticky bit is set keeps what is in it from being replaced,
 * which is enough for the configuration and passwords, and not where files are added.
 */
public final class Permissions {

  private static final Logger LOG = LoggerFactory.getLogger(Permissions.class);

  private static final int STICKY = 01000;
  private static final int DEEPEST = 8;
  private static final int MOST_NAMED = 3;

  /** A password of a line's end alone is as empty as one of no byte. */
  private static final int LONGEST_LINE_END = 2;

  private final Function<String, @Nullable String> environment;
  private final Set<Finding> warned = new HashSet<>();

  /** Reads variables through a function. */
  public Permissions(Function<String, @Nullable String> environment) {
    this.environment = environment;
  }

  /**
   * Something to mend.
   *
   * @param place the path or variable
   * @param repair what to type
   */
  public record Finding(String place, String words, String repair) {}

  /** Logs each finding once, however often the configuration is loaded. */
  synchronized void warn(Settings settings) {
    for (Finding finding : findings(settings)) {
      if (warned.add(finding)) {
        LOG.warn("{}: {}; repair: {}", finding.place(), finding.words(), finding.repair());
      }
    }
  }

  /** Returns all findings; what can't be examined is left to whoever needs it. */
  public List<Finding> findings(Settings settings) {
    List<Finding> found = new ArrayList<>();
    StoreFiles.file(settings.state())
        .map(Path::getParent)
        .ifPresent(folder -> open(folder, "the state folder", found));
    policies(settings.folder().directory(), found);
    Set<Path> folders = new HashSet<>();
    open(settings.file(), "the configuration", found);
    parent(settings.file(), folders, found);
    for (Path included : settings.includes()) {
      open(included, "a part of the configuration", found);
      parent(included, folders, found);
    }
    notifications(settings, folders, found);
    for (Secret secret : secrets(settings)) {
      file(secret, "a password", folders, found);
      if (isEmpty(secret)) {
        found.add(
            new Finding(
                secret.toString(), "is empty: logins go without a password", "write one there"));
      }
    }
    return found;
  }

  /** Whoever writes a program that the daemon runs acts with its rights. */
  private void notifications(Settings settings, Set<Path> folders, List<Finding> found) {
    for (NotificationSettings one : settings.notifications()) {
      if (one.target() instanceof Program program && program.program().contains("/")) {
        Path file = Path.of(program.program());
        open(file, "the program of notification " + one.name(), found);
        parent(file, folders, found);
      }
      for (Secret secret : one.secrets()) {
        file(secret, "a secret of notification " + one.name(), folders, found);
        if (isEmpty(secret)) {
          found.add(new Finding(secret.toString(), "is empty", "write the secret there"));
        }
      }
    }
  }

  /** Examines the file of a secret, and its folder; a secret may lie elsewhere. */
  private static void file(Secret secret, String what, Set<Path> folders, List<Finding> found) {
    if (secret.source() == Secret.Source.FILE) {
      Path file = Path.of(secret.location());
      open(file, what, found);
      parent(file, folders, found);
    }
  }

  private static Set<Secret> secrets(Settings settings) {
    Set<Secret> secrets = new LinkedHashSet<>();
    Secret ofStore = settings.state().password();
    if (ofStore != null) {
      secrets.add(ofStore);
    }
    settings.clusters().stream().map(ClusterSettings::password).forEach(secrets::add);
    return secrets;
  }

  private static void policies(Path directory, List<Finding> found) {
    open(directory, "the policy folder", found);
    List<Path> open = new ArrayList<>();
    try (Stream<Path> below = Files.walk(directory, DEEPEST)) {
      below.filter(path -> !path.equals(directory)).filter(Permissions::decides).forEach(open::add);
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("permissions below {} can't be examined", directory, e);
    }
    open.stream()
        .sorted()
        .limit(MOST_NAMED)
        .forEach(path -> open(path, open.size() + " of the policies, this one", found));
  }

  /** Returns whether others can write a policy or a folder of policies; links say nothing. */
  private static boolean decides(Path path) {
    String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    boolean isFolder = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    return !name.startsWith(".")
        && (isFolder || name.endsWith(".yaml") || name.endsWith(".yml"))
        && !Files.isSymbolicLink(path)
        && isOpen(path);
  }

  private static void open(Path path, String what, List<Finding> found) {
    if (isOpen(path)) {
      found.add(
          new Finding(
              path.toString(),
              "every user of this machine can write " + what,
              "chmod o-w '" + path + "'"));
    }
  }

  /** Examines the folder of a file once. */
  private static void parent(Path file, Set<Path> examined, List<Finding> found) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && examined.add(folder) && !isSticky(folder)) {
      open(folder, "the folder of " + file.getFileName() + ", and replace it", found);
    }
  }

  private static boolean isOpen(Path path) {
    try {
      return Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_WRITE);
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  private static boolean isSticky(Path folder) {
    try {
      return Files.getAttribute(folder, "unix:mode") instanceof Integer mode
          && (mode & STICKY) != 0;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return false;
    }
  }

  private boolean isEmpty(Secret secret) {
    return switch (secret.source()) {
      case FILE -> isEmpty(Path.of(secret.location()));
      case ENVIRONMENT -> "".equals(environment.apply(secret.location()));
      // It is not run for this: the look that needs it says what is wrong.
      case COMMAND -> false;
      case CREDENTIAL -> {
        String folder = environment.apply("CREDENTIALS_DIRECTORY");
        yield folder != null && isEmpty(Path.of(folder, secret.location()));
      }
    };
  }

  private static boolean isEmpty(Path file) {
    try {
      return Files.isRegularFile(file)
          && Files.size(file) <= LONGEST_LINE_END
          && Files.readString(file).strip().isEmpty();
    } catch (IOException e) {
      return false;
    }
  }
}
