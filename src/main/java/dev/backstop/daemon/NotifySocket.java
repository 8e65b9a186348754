package dev.backstop.daemon;

import java.lang.invoke.MethodHandle;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Datagram socket of the service manager, as in sd_notify(3). Java has no datagrams for Unix
 * sockets, so libc sends them.
 *
 * <p>{@code java.lang.foreign} is called by reflection: it is final from Java 22 on, and the build
 * is for Java 17.
 */
final class NotifySocket {

  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int MAX_PATH_BYTES = 107;

  private final String path;
  private final MethodHandle socket;
  private final MethodHandle send;
  private final MethodHandle close;

  /**
   * Prepares sending; opens nothing.
   *
   * @param path the path of the socket; one that begins with @ is abstract
   * @throws ReflectiveOperationException where this Java can't call libc
   */
  NotifySocket(String path) throws ReflectiveOperationException {
    this.path = path;
    this.socket = function("socket", "JAVA_INT", "JAVA_INT", "JAVA_INT", "JAVA_INT");
    this.send =
        function(
            "sendto",
            "JAVA_LONG",
            "JAVA_INT",
            "ADDRESS",
            "JAVA_LONG",
            "JAVA_INT",
            "ADDRESS",
            "JAVA_INT");
    this.close = function("close", "JAVA_INT", "JAVA_INT");
  }

  /** Sends one message; returns whether the socket took it. */
  boolean send(String message) {
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    if (name.length > MAX_PATH_BYTES) {
      return false;
    }
    try {
      int descriptor = (int) socket.invokeWithArguments(AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
      if (descriptor < 0) {
        return false;
      }
      try {
        byte[] text = message.getBytes(StandardCharsets.UTF_8);
        long sent =
            (long)
                send.invokeWithArguments(
                    descriptor,
                    segment(text),
                    (long) text.length,
                    MSG_NOSIGNAL,
                    segment(address(name)),
                    Short.BYTES + name.length);
        return sent == text.length;
      } finally {
        close.invokeWithArguments(descriptor);
      }
    } catch (Error e) {
      throw e;
    } catch (Throwable e) {
      // A method handle declares nothing more precise.
      throw new IllegalStateException("the service manager can't be notified", e);
    }
  }

  /** Returns a sockaddr_un. */
  private static byte[] address(byte[] name) {
    byte[] path = name.clone();
    if (path[0] == '@') {
      path[0] = 0;
    }
    return ByteBuffer.allocate(Short.BYTES + MAX_PATH_BYTES + 1)
        .order(ByteOrder.nativeOrder())
        .putShort((short) AF_UNIX)
        .put(path)
        .array();
  }

  /** Copies bytes to native memory, which is freed once nothing refers to it. */
  private static Object segment(byte[] bytes) throws ReflectiveOperationException {
    Object arena = foreign("Arena").getMethod("ofAuto").invoke(null);
    Object segment =
        foreign("SegmentAllocator")
            .getMethod("allocate", long.class)
            .invoke(arena, (long) bytes.length);
    ByteBuffer memory =
        (ByteBuffer) foreign("MemorySegment").getMethod("asByteBuffer").invoke(segment);
    memory.put(bytes);
    return segment;
  }

  /** Returns a function of libc. */
  private static MethodHandle function(String name, String result, String... parameters)
      throws ReflectiveOperationException {
    Class<?> linker = foreign("Linker");
    Object own = linker.getMethod("nativeLinker").invoke(null);
    Object lookup = linker.getMethod("defaultLookup").invoke(own);
    Optional<?> symbol =
        (Optional<?>) foreign("SymbolLookup").getMethod("find", String.class).invoke(lookup, name);
    Class<?> layout = foreign("MemoryLayout");
    Object layouts = Array.newInstance(layout, parameters.length);
    for (int i = 0; i < parameters.length; i++) {
      Array.set(layouts, i, layoutOf(parameters[i]));
    }
    Class<?> descriptor = foreign("FunctionDescriptor");
    Object type =
        descriptor
            .getMethod("of", layout, layouts.getClass())
            .invoke(null, layoutOf(result), layouts);
    Object options = Array.newInstance(foreign("Linker$Option"), 0);
    return (MethodHandle)
        linker
            .getMethod("downcallHandle", foreign("MemorySegment"), descriptor, options.getClass())
            .invoke(own, symbol.orElseThrow(), type, options);
  }

  private static Object layoutOf(String type) throws ReflectiveOperationException {
    return foreign("ValueLayout").getField(type).get(null);
  }

  private static Class<?> foreign(String name) throws ClassNotFoundException {
    return Class.forName("java.lang.foreign." + name);
  }
}
