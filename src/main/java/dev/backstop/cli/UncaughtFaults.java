package dev.backstop.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.IntConsumer;

/**
 * Reports what ended a thread, and ends the process after an {@link Error}, whose effects are
 * unknown.
 */
final class UncaughtFaults implements Thread.UncaughtExceptionHandler {

  /** Made beforehand: once memory is exhausted, no text can be built. */
  private final byte[] outOfMemory =
      ("backstop: " + Failures.OUT_OF_MEMORY + System.lineSeparator())
          .getBytes(StandardCharsets.UTF_8);

  private final PrintStream err;
  private final OutputStream messages;
  private final IntConsumer halt;

  /**
   * Creates a handler.
   *
   * @param err takes traces
   * @param messages where it leads to; a {@link NonBlockingStream} is drained
   * @param halt ends the process at once with a code
   */
  UncaughtFaults(PrintStream err, OutputStream messages, IntConsumer halt) {
    this.err = err;
    this.messages = messages;
    this.halt = halt;
  }

  /** One after the other: a second thread without memory must not end what the first one says. */
  @Override
  public synchronized void uncaughtException(Thread thread, Throwable failure) {
    try {
      if (failure instanceof OutOfMemoryError) {
        say(outOfMemory);
      } else {
        err.println("backstop: fault in thread " + thread.getName());
        failure.printStackTrace(err);
      }
      if (messages instanceof NonBlockingStream pending) {
        pending.drain(Terminal.DRAIN_TIMEOUT);
      }
    } finally {
      if (failure instanceof Error || thread.getName().equals("main")) {
        halt.accept(ExitCode.ERROR.code());
      }
    }
  }

  private void say(byte[] words) {
    try {
      if (messages instanceof NonBlockingStream waiting) {
        waiting.writeShared(words);
      } else {
        messages.write(words);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("standard error can't be written", e);
    }
  }
}
