package dev.backstop.secret;

import dev.backstop.config.Secret;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads secrets from files, variables, systemd credentials and programs at each use. */
public final class SecretReader {

  static final int MAX_BYTES = 4096;

  /** Where systemd keeps the credentials of our unit, readable for the unit's user. */
  private static final Path UNIT_CREDENTIALS = Path.of("/run/credentials/backstop.service");

  private final Function<String, @Nullable String> environment;
  private final Path unitCredentials;
  private final SecretCommand command = new SecretCommand(SecretCommand.TIMEOUT);

  /** Reads environment variables through a function, null for one that is not set. */
  public SecretReader(Function<String, @Nullable String> environment) {
    this(environment, UNIT_CREDENTIALS);
  }

  /** Reads credentials from a given folder where CREDENTIALS_DIRECTORY is not set. */
  SecretReader(Function<String, @Nullable String> environment, Path unitCredentials) {
    this.environment = environment;
    this.unitCredentials = unitCredentials;
  }

  /** Reads a secret; throws with what to do where it can't be read. */
  public SecretValue read(Secret secret) throws SecretException {
    return switch (secret.source()) {
      case FILE -> ownerOnlyFile(Path.of(secret.location()), secret);
      case ENVIRONMENT -> variable(secret);
      case CREDENTIAL -> credential(secret);
      case COMMAND -> command.run(secret);
    };
  }

  private SecretValue variable(Secret secret) throws SecretException {
    String value = environment.apply(secret.location());
    if (value == null) {
      throw new SecretException(
          secret + " is not set; set that variable where Backstop is started");
    }
    return new SecretValue(value, 0);
  }

  private SecretValue credential(Secret secret) throws SecretException {
    if (secret.location().contains("/") || secret.location().startsWith(".")) {
      throw new SecretException(secret + " must name a credential, not a path");
    }
    Path file = credentials(secret).resolve(secret.location());
    if (!Files.exists(file)) {
      throw new SecretException(
          secret + " can't be read: there is none of this name; " + unitRepair(secret));
    }
    // systemd alone decides who may read there, so the file mode is not checked.
    return content(file, secret);
  }

  private Path credentials(Secret secret) throws SecretException {
    String folder = environment.apply("CREDENTIALS_DIRECTORY");
    if (folder != null && !folder.isEmpty()) {
      return Path.of(folder);
    }
    if (Files.isReadable(unitCredentials)) {
      return unitCredentials;
    }
    throw new SecretException(
        Files.exists(unitCredentials)
            ? secret
                + " can't be read by this user; run it as the unit's: sudo -u backstop backstop"
            : secret
                + " needs CREDENTIALS_DIRECTORY, which is not set; start backstop.service and run"
                + " this again as its user (sudo -u backstop backstop), or "
                + unitRepair(secret));
  }

  private static String unitRepair(Secret secret) {
    return "add LoadCredential=%1$s:<file> or SetCredentialEncrypted=%1$s:<text> to the systemd unit"
        .formatted(secret.location());
  }

  private static SecretValue ownerOnlyFile(Path file, Secret secret) throws SecretException {
    SecretValue value = content(file, secret);
    try {
      PosixFileAttributes found = Files.readAttributes(file, PosixFileAttributes.class);
      if (found.permissions().contains(PosixFilePermission.OTHERS_READ)) {
        throw new SecretException(secret + " can be read by others; " + repair(file, found));
      }
    } catch (UnsupportedOperationException e) {
      // Not a POSIX file system: there is no mode to check.
      return value;
    } catch (IOException e) {
      throw new SecretException(secret + " can't be examined: " + reason(e));
    }
    return value;
  }

  /** Only the owner can change the mode, and who reads by the group must still be able to. */
  private static String repair(Path file, PosixFileAttributes found) {
    String owner = found.owner().getName();
    return owner.equals(System.getProperty("user.name"))
        ? "type: chmod 600 " + file
        : "as its owner "
            + owner
            + " type: chmod o= "
            + file
            + " (its group may read it; in Kubernetes: defaultMode: 0440 and fsGroup)";
  }

  private static SecretValue content(Path file, Secret secret) throws SecretException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      // A pipe or device might block or never end.
      throw new SecretException(secret + " is not a regular file");
    }
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new SecretException(
            secret + " holds more than " + MAX_BYTES + " bytes; it must hold one secret only");
      }
      long changedAt = Files.getLastModifiedTime(file).toMillis();
      return new SecretValue(text(Files.readAllBytes(file)), changedAt);
    } catch (CharacterCodingException e) {
      throw new SecretException(secret + " is not UTF-8 text");
    } catch (IOException e) {
      throw new SecretException(secret + " can't be read: " + reason(e));
    }
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file; create it with mode 600";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied; it must belong to the user that runs Backstop";
    }
    return e.getClass().getSimpleName();
  }

  /** Returns the secret that a file or a program holds as UTF-8. */
  static String text(byte[] bytes) throws CharacterCodingException {
    return withoutNewline(
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
  }

  private static String withoutNewline(String text) {
    if (text.endsWith("\r\n")) {
      return text.substring(0, text.length() - 2);
    }
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }
}
