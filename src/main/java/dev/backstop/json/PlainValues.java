package dev.backstop.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;

/** Jackson module for values of the JDK that are one piece of text. */
final class PlainValues extends SimpleModule {

  private static final long serialVersionUID = 1L;

  PlainValues() {
    super("plain values");
    text(Instant.class, time -> time.truncatedTo(ChronoUnit.MICROS).toString(), IsoInstants::parse);
    text(Duration.class, Duration::toString, Duration::parse);
    text(ZoneId.class, ZoneId::getId, ZoneId::of);
    text(Path.class, Path::toString, Path::of);
  }

  private <T> void text(Class<T> type, Function<T, String> write, Function<String, T> read) {
    addSerializer(type, new Writer<>(type, write));
    addDeserializer(type, new Reader<>(type, read));
  }

  private static final class Writer<T> extends StdScalarSerializer<T> {

    private static final long serialVersionUID = 1L;

    private final transient Function<T, String> write;

    Writer(Class<T> type, Function<T, String> write) {
      super(type);
      this.write = write;
    }

    @Override
    public void serialize(T value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(write.apply(value));
    }
  }

  private static final class Reader<T> extends FromStringDeserializer<T> {

    private static final long serialVersionUID = 1L;

    private final transient Function<String, T> read;

    Reader(Class<T> type, Function<String, T> read) {
      super(type);
      this.read = read;
    }

    @Override
    protected T _deserialize(String text, DeserializationContext context) throws IOException {
      try {
        return read.apply(text);
      } catch (DateTimeException e) {
        throw context.weirdStringException(text, handledType(), e.getMessage());
      }
    }
  }
}
