package dev.backstop.config;

import dev.backstop.config.NotificationSettings.Program;
import dev.backstop.config.NotificationSettings.Target;
import dev.backstop.config.NotificationSettings.Template;
import dev.backstop.config.NotificationSettings.Url;
import dev.backstop.config.NotificationSettings.UrlFile;
import dev.backstop.plan.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the key {@code notifications}. */
final class NotificationReader {

  private static final String KEY = "notifications";
  private static final ValueType<Template> TEMPLATE =
      ValueTypes.word(Template.values(), Template::word);
  private static final ValueType<State> STATE = ValueTypes.word(State.values(), State::name);

  private final Path base;
  private final Map<String, String> places = new HashMap<>();

  private NotificationReader(Path base) {
    this.base = base;
  }

  /**
   * Returns the notifications of a file, without those that have a mistake, which is noted.
   *
   * @param base what relative paths are relative to
   */
  static List<NotificationSettings> read(Section root, Path base) {
    List<Section> items =
        !root.has(KEY) || root.hasEmptyList(KEY) ? List.of() : root.sections(KEY, "");
    NotificationReader reader = new NotificationReader(base);
    List<NotificationSettings> read = new ArrayList<>();
    for (Section item : items == null ? List.<Section>of() : items) {
      NotificationSettings one = reader.item(item);
      if (one != null) {
        read.add(one);
      }
    }
    return read;
  }

  private @Nullable NotificationSettings item(Section item) {
    String name = name(item);
    Template template = item.get("template", TEMPLATE);
    Target target = target(item, template);
    Secret signature = signature(item, template);
    String keyword = item.get("keyword", ValueTypes::text, "");
    Set<State> on =
        item.has("on")
            ? item.list("on", STATE, "name at least one state, or take the key away for all")
            : EnumSet.allOf(State.class);
    Duration every = item.get("every", ValueTypes.duration(Duration.ZERO));
    return name == null || target == null || on == null
        ? null
        : new NotificationSettings(name, target, template, signature, keyword, on, every);
  }

  private @Nullable String name(Section item) {
    String name = item.find("name", ValueTypes::name);
    String first = name == null ? null : places.putIfAbsent(name, item.placeOf("name"));
    if (first != null) {
      item.refuseKey(
          "name", "notification '" + name + "' is there already, in " + first + "; keep one");
    }
    return name;
  }

  private @Nullable Target target(Section item, Template template) {
    item.refuseBoth("url", "urlFile");
    item.refuseBoth("url", "exec");
    item.refuseBoth("urlFile", "exec");
    if (item.has("exec")) {
      if (template != Template.JSON) {
        item.refuseKey("template", "template is for a webhook; a program of exec gets the JSON");
      }
      return program(item);
    }
    if (item.has("urlFile")) {
      Secret file = item.find("urlFile", text -> ConfValues.passwordFile(text, base));
      return file == null ? null : new UrlFile(file.under("urlFile"));
    }
    if (!item.has("url")) {
      item.refuseMissing("url");
    }
    var address = item.find("url", WebhookUrl::read);
    return address == null ? null : new Url(address);
  }

  private @Nullable Program program(Section item) {
    List<String> words = item.words("exec", "name a program and its arguments");
    if (words == null) {
      return null;
    }
    try {
      return new Program(ConfValues.program(words, base), words.subList(1, words.size()));
    } catch (MalformedValue malformed) {
      item.refuseValue("exec", String.valueOf(malformed.getMessage()));
      return null;
    }
  }

  private @Nullable Secret signature(Section item, Template template) {
    if (!item.has("secretFile")) {
      return null;
    }
    if (!template.isSigned()) {
      item.refuseKey(
          "secretFile",
          "secretFile signs messages of the templates dingtalk and feishu alone; take it away");
    }
    Secret file = item.find("secretFile", text -> ConfValues.passwordFile(text, base));
    return file == null ? null : file.under("secretFile");
  }
}
