package dev.backstop.config;

import dev.backstop.config.Node.Scalar;
import dev.backstop.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a mapping may have, with defaults and examples, as the JSON Schema describes them:
 * the same text serves the reader, suggestions for a mistyped key, editors and the tables of the
 * documentation.
 *
 * <p>A new key is one property in {@code policy.schema.json} or {@code conf.schema.json}, and the
 * type of its value where the reader takes it:
 *
 * <pre>{@code
 * "maxRuntime": {"description": "A job first seen longer ago is off.", "$ref": "#/definitions/duration"}
 *
 * Duration maxRuntime = section.find("maxRuntime", ValueTypes.duration(SECOND));
 * }</pre>
 *
 * <p>Beside the words of JSON Schema, {@code x-example} is a value as YAML for messages, and {@code
 * x-instead} holds keys that people try, with what to do.
 */
public final class Description {

  static final Description POLICY = new Description(map(Json.read(policySchema(), Map.class)));
  static final Description CONF = new Description(map(Json.read(confSchema(), Map.class)));

  /** What a file may hold that the configuration includes. */
  static final Description INCLUDED = CONF.only("clusters");

  private static final String DEFINITION = "#/definitions/";

  private final Map<?, ?> schema;

  /** What the words {@code $ref} of the whole schema refer to. */
  private final Map<?, ?> definitions;

  /** The properties with what they refer to, by their keys in the order of the documentation. */
  private final Map<String, Map<?, ?>> properties = new LinkedHashMap<>();

  private final List<String> keys;
  private final Map<String, Description> inside = new HashMap<>();
  private final @Nullable Description ofEach;

  private Description(Map<?, ?> schema) {
    this(schema, map(schema.get("definitions")));
  }

  private Description(Map<?, ?> schema, Map<?, ?> definitions) {
    this.schema = schema;
    this.definitions = definitions;
    map(schema.get("properties"))
        .forEach((key, own) -> properties.put(String.valueOf(key), resolved(map(own))));
    keys = List.copyOf(properties.keySet());
    properties.forEach((key, property) -> inside.put(key, insideOf(property)));
    ofEach =
        schema.get("additionalProperties") instanceof Map<?, ?> each
            ? new Description(each, definitions)
            : null;
  }

  /** Returns the description of a mapping that has one of the keys alone, and must have it. */
  private Description only(String key) {
    return new Description(
        Map.of("properties", Map.of(key, property(key)), "required", List.of(key)), definitions);
  }

  /** Returns the JSON Schema of a policy file. */
  public static String policySchema() {
    return resource("policy.schema.json");
  }

  /** Returns the JSON Schema of the daemon's configuration. */
  public static String confSchema() {
    return resource("conf.schema.json");
  }

  private static String resource(String name) {
    try (InputStream stream = Description.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException(name + " is missing from the program");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private Map<?, ?> property(String key) {
    return properties.getOrDefault(key, Map.of());
  }

  private Map<?, ?> resolved(Map<?, ?> own) {
    return own.get("$ref") instanceof String name
        ? merged(map(definitions.get(name.substring(DEFINITION.length()))), own)
        : own;
  }

  private static Map<?, ?> merged(Map<?, ?> definition, Map<?, ?> own) {
    Map<Object, Object> all = new HashMap<>(definition);
    all.putAll(own);
    return all;
  }

  /** Returns the keys in the order of the documentation. */
  List<String> keys() {
    return keys;
  }

  /** Returns whether a mapping must have a key. */
  boolean isRequired(String key) {
    return schema.get("required") instanceof List<?> required && required.contains(key);
  }

  /** Returns what to do instead of writing a key that is refused; null where it is not. */
  private @Nullable String instead(String key) {
    Object words = map(schema.get("x-instead")).get(key);
    return words == null ? null : words.toString();
  }

  /** Returns why a key may not be written, in words that name it; null where it may. */
  @Nullable String refusal(Scalar key, String prefix) {
    String name = key.text();
    String instead = instead(name);
    List<String> allowed = keys();
    if (name.length() > ScalarReader.LONGEST) {
      return "a key has " + ScalarReader.tooLong(name);
    }
    if (name.equals("<<") && key.isPlain()) {
      return "merge keys (<<) are not read here; write the keys out";
    }
    if (instead != null) {
      return prefix + name + " is not a key here; " + instead;
    }
    if (allowed.isEmpty() || allowed.contains(name)) {
      return null;
    }
    String hint = Suggestion.hint(name, allowed);
    return ValueTypes.quote(prefix + name)
        + " is not a key here"
        + (hint.isEmpty() ? "; allowed are " + String.join(", ", allowed) : hint);
  }

  /** Returns the default of a key. */
  <T> T byDefault(String key, ValueType<T> type) {
    Object value = property(key).get("default");
    if (value == null) {
      throw new IllegalStateException(key + " has no default");
    }
    try {
      return type.read(value.toString());
    } catch (MalformedValue malformed) {
      throw new IllegalStateException("the default of " + key, malformed);
    }
  }

  /** Returns a value that a key or the mapping under any name may have, as YAML. */
  String example(String key) {
    Map<?, ?> value = properties.isEmpty() ? ofEach().schema : property(key);
    return String.valueOf(value.get("x-example"));
  }

  /** Returns a value that the whole mapping may have, as YAML. */
  String itself() {
    return String.valueOf(schema.get("x-example"));
  }

  /** Returns the description of the mapping under a key. */
  Description inside(String key) {
    Description known = inside.get(key);
    return known == null ? nothing() : known;
  }

  private Description insideOf(Map<?, ?> property) {
    return property.get("anyOf") instanceof List<?> forms
        ? new Description(map(forms.get(1)), definitions)
        : new Description(property, definitions);
  }

  private Description nothing() {
    return new Description(Map.of(), definitions);
  }

  /** Returns the description of the mappings in a list. */
  Description items(String key) {
    return new Description(map(property(key).get("items")), definitions);
  }

  /** Returns the description of every mapping under names that the user chooses. */
  Description ofEach() {
    return ofEach == null ? nothing() : ofEach;
  }

  /** Returns the rows of the documentation's table for policy files. */
  public static List<List<String>> policyTable() {
    return POLICY.rows("", Set.of());
  }

  /** Returns the rows of the documentation's table for the configuration. */
  public static List<List<String>> confTable() {
    Set<String> opened = new HashSet<>(CONF.keys());
    // Its keys are those of a cluster.
    opened.remove("clusterDefaults");
    return CONF.rows("", opened);
  }

  /** Returns key, default and meaning of every key, and of those within the keys to open. */
  private List<List<String>> rows(String prefix, Set<String> open) {
    List<List<String>> rows = new ArrayList<>();
    for (String key : keys()) {
      Description inside = inside(key);
      if (open.contains(key) && !inside.keys().isEmpty()) {
        rows.addAll(inside.rows(key + ".", Set.of()));
      } else if (open.contains(key) && !inside.ofEach().keys().isEmpty()) {
        rows.addAll(inside.ofEach().rows(key + ".NAME.", Set.of()));
      } else if (open.contains(key) && !items(key).keys().isEmpty()) {
        rows.addAll(items(key).rows(key + "[].", Set.of()));
      } else {
        Object value = property(key).get("default");
        rows.add(
            List.of(
                "`" + prefix + key + "`",
                value == null ? "" : "`" + value + "`",
                String.valueOf(property(key).get("description"))));
      }
    }
    return rows;
  }
}
