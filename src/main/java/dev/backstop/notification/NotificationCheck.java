package dev.backstop.notification;

import dev.backstop.config.NotificationSettings;
import dev.backstop.config.NotificationSettings.Program;
import dev.backstop.config.NotificationSettings.Template;
import dev.backstop.config.NotificationSettings.Url;
import dev.backstop.config.Secret;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Examines one notification without sending anything, and sends one message where asked to. */
public final class NotificationCheck {

  private final NotificationSettings settings;
  private final Path conf;
  private final Function<String, @Nullable String> environment;

  /**
   * Checks a notification.
   *
   * @param conf the file that describes it
   * @param environment returns the value of a variable, null for one that is not set
   */
  public NotificationCheck(
      NotificationSettings settings, Path conf, Function<String, @Nullable String> environment) {
    this.settings = settings;
    this.conf = conf;
    this.environment = environment;
  }

  /**
   * What was found.
   *
   * @param isGood whether messages can be sent, as far as files show
   * @param repair what to do; empty where nothing is to be done
   */
  public record Finding(boolean isGood, String words, String repair) {}

  /**
   * Sends a test message and returns once it was accepted.
   *
   * @param daemon the daemon's name, for the message
   * @throws DeliveryException where it did not arrive, with the receiver's words
   */
  public void sendTest(String daemon, Clock clock) throws DeliveryException, InterruptedException {
    Message message =
        new Message(settings.name(), daemon, clock.instant(), true, settings.keyword(), List.of());
    Transports.of(settings, environment, clock).deliver(message);
  }

  /** Examines files, permissions and programs; sends nothing. */
  public Finding examine() {
    return settings.target() instanceof Program program ? program(program) : webhook();
  }

  private Finding webhook() {
    WebhookTransport transport =
        new WebhookTransport(settings, environment, Clock.systemUTC(), WebhookTransport.TIMEOUT);
    URI address;
    try {
      address = transport.address();
      transport.secret();
    } catch (DeliveryException e) {
      return new Finding(
          false, String.valueOf(e.getMessage()), "mend that, and see it arrive: " + command());
    }
    Secret signature = settings.signature();
    String words =
        "%s to %s%s"
            .formatted(
                settings.template().word(), address.getHost(), signature == null ? "" : ", signed");
    if (settings.target() instanceof Url && mayHoldToken(address) && isReadableByOthers(conf)) {
      return new Finding(
          true,
          words + "; warning: every user of this machine can read its address in " + conf,
          "put the address into a file of mode 600 and name that with urlFile");
    }
    if (address.getScheme().equalsIgnoreCase("http") && !isLoopback(address)) {
      return new Finding(
          true, words + "; warning: http:// sends it over the network in plain", "use https://");
    }
    return new Finding(true, words, "");
  }

  private String command() {
    return "backstop notify --test " + settings.name();
  }

  private boolean mayHoldToken(URI address) {
    return settings.template() != Template.JSON || address.getRawQuery() != null;
  }

  private static boolean isReadableByOthers(Path file) {
    try {
      return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /**
   * Returns whether an address is one of this machine; a name that says so is taken at its word.
   */
  private static boolean isLoopback(URI address) {
    String host = address.getHost();
    boolean isAddress = host.startsWith("[") || host.matches("[0-9.]+");
    try {
      return host.equals("localhost")
          || (isAddress && InetAddress.getByName(host).isLoopbackAddress());
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private Finding program(Program program) {
    List<Path> places = places(program.program());
    if (places.stream()
        .anyMatch(place -> Files.isRegularFile(place) && Files.isExecutable(place))) {
      return new Finding(true, program + ", which is there and can be run", "");
    }
    return places.stream()
        .filter(Files::isRegularFile)
        .findFirst()
        .map(
            there ->
                new Finding(
                    false,
                    program + ": this user may not run " + there,
                    "as its owner type: chmod a+x " + there))
        .orElseGet(
            () ->
                new Finding(
                    false,
                    program + ": there is no such program",
                    "install it, or name its path in exec"));
  }

  /** Returns where a program may lie: at its path, or in the folders of PATH. */
  private List<Path> places(String program) {
    try {
      if (program.contains("/")) {
        return List.of(Path.of(program));
      }
      String folders = environment.apply("PATH");
      return Stream.of((folders == null ? "" : folders).split(File.pathSeparator, -1))
          .filter(folder -> !folder.isEmpty())
          .map(folder -> Path.of(folder, program))
          .toList();
    } catch (InvalidPathException e) {
      return List.of();
    }
  }
}
