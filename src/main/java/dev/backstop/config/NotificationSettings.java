package dev.backstop.config;

import dev.backstop.plan.State;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One item of {@code notifications}: who is told of which transitions, and how.
 *
 * @param name the name by which commands and messages know it
 * @param target where messages go
 * @param template the form of a message
 * @param signature where the secret lies that signs messages; null for none
 * @param keyword a word that the text of every message holds; empty for none
 * @param on the states whose beginning and end are told
 * @param every the least time between two messages of one cluster and kind
 */
public record NotificationSettings(
    String name,
    Target target,
    Template template,
    @Nullable Secret signature,
    String keyword,
    Set<State> on,
    Duration every) {

  /** Copies the states. */
  public NotificationSettings {
    on = on.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(on));
  }

  /** Lists where its secrets lie: the address and what signs messages. */
  public List<Secret> secrets() {
    List<Secret> secrets = new ArrayList<>();
    if (target instanceof UrlFile urlFile) {
      secrets.add(urlFile.file());
    }
    if (signature != null) {
      secrets.add(signature);
    }
    return secrets;
  }

  /** Forms of a message. */
  public enum Template {
    SLACK,
    DINGTALK,
    FEISHU,
    WECOM,
    JSON;

    /** Returns the word of the configuration. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Returns whether the receiver checks a signature. */
    boolean isSigned() {
      return this == DINGTALK || this == FEISHU;
    }
  }

  /** Where messages go. */
  public sealed interface Target {}

  /** A webhook whose address stands in the configuration. */
  public record Url(URI address) implements Target {

    /** Returns a text without the address, which may carry a token. */
    @Override
    public String toString() {
      return "url ***";
    }
  }

  /** A webhook whose address lies in a file, as it carries a token. */
  public record UrlFile(Secret file) implements Target {}

  /**
   * A program that reads the message on its standard input.
   *
   * @param program its absolute path, or a name that is looked for in PATH
   */
  public record Program(String program, List<String> arguments) implements Target {

    /** Copies the arguments. */
    public Program {
      arguments = List.copyOf(arguments);
    }

    /** Returns a text without the arguments, which may be what only the program should know. */
    @Override
    public String toString() {
      return "exec " + program;
    }
  }
}
