package dev.backstop.json;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.backstop.text.VisibleText;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Writes records, maps and collections as JSON, and reads records back by their constructors.
 *
 * <p>A record's components are its properties, in their order; methods are not. Maps keep their
 * order. Null is written. Times are ISO-8601 in UTC with at most microseconds, durations ISO-8601,
 * enums their names, paths and zones their text. Characters that can't be seen are escaped. Absent
 * collections are read as empty.
 */
public final class Json {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new PlainValues())
          .visibility(PropertyAccessor.ALL, Visibility.NONE)
          .visibility(PropertyAccessor.FIELD, Visibility.ANY)
          .visibility(PropertyAccessor.CREATOR, Visibility.ANY)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .withConfigOverride(List.class, type -> type.setSetterInfo(emptyWhereAbsent()))
          .withConfigOverride(Set.class, type -> type.setSetterInfo(emptyWhereAbsent()))
          .withConfigOverride(Map.class, type -> type.setSetterInfo(emptyWhereAbsent()))
          .build();

  /** To build one costs more than to read a short text with it. */
  private static final Map<Class<?>, ObjectReader> STRICT = new ConcurrentHashMap<>();

  private static final ObjectWriter PRETTY = MAPPER.writer(prettyPrinter());

  private Json() {}

  private static JsonSetter.Value emptyWhereAbsent() {
    return JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY);
  }

  private static DefaultPrettyPrinter prettyPrinter() {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    return new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
  }

  /** Writes a value on one line. */
  public static String write(Object value) {
    try {
      return VisibleText.json(MAPPER.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw unwritable(value, e);
    }
  }

  /** Writes a value over several lines, indented by two spaces. */
  public static String pretty(Object value) {
    try {
      return VisibleText.json(PRETTY.writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw unwritable(value, e);
    }
  }

  /**
   * Reads a value, and ignores the fields that its type lacks.
   *
   * @throws IllegalArgumentException where the text is no JSON or does not fit the type
   */
  public static <T> T read(String text, Class<T> type) {
    return type.cast(parse(text, MAPPER.readerFor(type), type.getTypeName()));
  }

  /**
   * Reads a value that has no other fields than its type.
   *
   * @throws UnknownFieldException where it has
   * @throws IllegalArgumentException where the text is no JSON or does not fit the type
   */
  public static <T> T readKnown(String text, Class<T> type) {
    ObjectReader strict = STRICT.computeIfAbsent(type, Json::strict);
    return type.cast(parse(text, strict, type.getTypeName()));
  }

  private static ObjectReader strict(Class<?> type) {
    return MAPPER.readerFor(type).with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  }

  private static Object parse(String text, ObjectReader reader, String type) {
    Object value;
    try {
      value = reader.readValue(text);
    } catch (UnrecognizedPropertyException e) {
      throw new UnknownFieldException(type, path(e), e);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "not the JSON of " + type + ": " + e.getOriginalMessage(), e);
    }
    if (value == null) {
      throw new IllegalArgumentException("null is not the JSON of " + type);
    }
    return value;
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(
            step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
        .collect(Collectors.joining("."));
  }

  private static IllegalArgumentException unwritable(Object value, JsonProcessingException e) {
    return new IllegalArgumentException(
        "no JSON for " + value.getClass().getName() + ": " + e.getOriginalMessage(), e);
  }
}
