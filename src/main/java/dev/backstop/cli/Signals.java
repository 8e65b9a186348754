package dev.backstop.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Handles signals of the operating system.
 *
 * <p>{@code sun.misc.Signal} is the only way to SIGHUP, and does not compile against the Java 17
 * API, so it is reached by name. SIGINT and SIGTERM stay with the JVM, which runs its shutdown
 * hooks and ends with 130 or 143 by itself.
 */
final class Signals {

  private Signals() {}

  /**
   * Runs an action at each SIGHUP, instead of the end of the process.
   *
   * @return whether this JVM supports it
   */
  static boolean onHangup(Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) ->
                  switch (method.getName()) {
                    case "handle" -> {
                      action.run();
                      yield null;
                    }
                    case "hashCode" -> System.identityHashCode(self);
                    case "equals" -> arguments != null && self == arguments[0];
                    default -> "hangup handler";
                  });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), proxy);
      return true;
    } catch (ClassNotFoundException
        | NoSuchMethodException
        | InstantiationException
        | IllegalAccessException
        | InvocationTargetException absent) {
      return false;
    }
  }
}
