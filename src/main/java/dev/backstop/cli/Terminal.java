package dev.backstop.cli;

import dev.backstop.cli.text.Cell;
import dev.backstop.cli.text.TextStyle;
import dev.backstop.text.NativeText;
import dev.backstop.text.VisibleText;
import dev.backstop.text.VisibleWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes results to standard output, messages and progress to standard error, in the charset of the
 * locale and with every control character made visible.
 *
 * <p>The launcher passes on which streams are terminals, as Java can't ask for each; without it
 * none is.
 */
final class Terminal {

  /** The system property in which the launcher lists {@code in}, {@code out} and {@code err}. */
  static final String STREAMS = "backstop.terminals";

  private static final String CLEAR_LINE = "\r\u001b[K";
  private static final String CLEAR_SCREEN = "\u001b[H\u001b[2J";

  private static final String NO_READER = "Broken pipe";

  private final Scanner in;
  private final PrintWriter out;
  private final PrintWriter machine;
  private final PrintWriter err;
  private final NativeText charset;
  private final Supplier<String> outFailure;
  private final Display display;

  /** The time to write the last messages. */
  static final Duration DRAIN_TIMEOUT = Duration.ofSeconds(1);

  private final @Nullable NonBlockingStream messages;
  private boolean progressShown;

  /**
   * Creates a terminal on two writers.
   *
   * @param streams which of {@code in}, {@code out} and {@code err} are terminals
   * @param environment read for {@code NO_COLOR}, {@code TERM} and {@code COLUMNS}
   */
  Terminal(PrintWriter out, PrintWriter err, Set<String> streams, Map<String, String> environment) {
    this(Reader.nullReader(), out, err, streams, environment);
  }

  /** Creates a terminal on two writers, at which answers are read. */
  Terminal(
      Reader in,
      PrintWriter out,
      PrintWriter err,
      Set<String> streams,
      Map<String, String> environment) {
    this(
        in,
        out,
        out,
        err,
        null,
        new NativeText(StandardCharsets.UTF_8),
        () -> "",
        Display.of(streams, environment));
  }

  private Terminal(
      Reader in,
      PrintWriter out,
      PrintWriter machine,
      PrintWriter err,
      @Nullable NonBlockingStream messages,
      NativeText charset,
      Supplier<String> outFailure,
      Display display) {
    this.in = new Scanner(in);
    this.out = out;
    this.machine = machine;
    this.err = err;
    this.charset = charset;
    this.outFailure = outFailure;
    this.messages = messages;
    this.display = display;
  }

  /**
   * Returns the terminal of this process.
   *
   * @param err the stream of messages; a {@link NonBlockingStream} is drained at the end
   */
  static Terminal ofProcess(OutputStream err) {
    Charset charset = NativeText.charset();
    FailureTrackingStream out = new FailureTrackingStream(new FileOutputStream(FileDescriptor.out));
    return new Terminal(
        new InputStreamReader(System.in, charset),
        writer(out, charset),
        writer(out, StandardCharsets.UTF_8),
        writer(err, charset),
        err instanceof NonBlockingStream messages ? messages : null,
        new NativeText(charset),
        out::failure,
        Display.of(Set.of(System.getProperty(STREAMS, "").split(",")), System.getenv()));
  }

  /** Not flushed at each line, which would be a call of the system. */
  private static PrintWriter writer(OutputStream stream, Charset charset) {
    return new PrintWriter(new OutputStreamWriter(stream, charset));
  }

  /** Flushes everything and returns the exit code, which is an error where any output was lost. */
  synchronized int end(int code) {
    endProgress();
    boolean isCut = isClosed();
    if (isCut && !outFailure.get().equals(NO_READER)) {
      say("backstop: the output can't be written: " + outFailure.get());
    }
    drain(DRAIN_TIMEOUT);
    boolean isLost = err.checkError() || (messages != null && messages.hasFailed());
    return isCut || isLost ? ExitCode.ERROR.code() : code;
  }

  /** Waits until the messages are written, up to a time. */
  void drain(Duration atMost) {
    err.flush();
    if (messages != null) {
      messages.drain(atMost);
    }
  }

  /** Returns the writer of results, for help, which holds only text of our own. */
  PrintWriter out() {
    return out;
  }

  /** Returns a writer of messages, which makes control characters visible. */
  PrintWriter err() {
    return new PrintWriter(new VisibleWriter(err, charset), true);
  }

  /** Returns whether results may be coloured. */
  boolean coloursOut() {
    return display.hasColours("out");
  }

  /** Returns whether messages may be coloured. */
  boolean coloursErr() {
    return display.hasColours("err");
  }

  /** Returns whether a person can read and type. */
  boolean isInteractive() {
    return display.has("in") && display.has("out");
  }

  /** Asks a question; returns whether the answer is yes. */
  boolean isConfirmed(String question) {
    endProgress();
    err.print(shown(VisibleText.line(question)) + " [y/N] ");
    err.flush();
    return in.hasNextLine() && in.nextLine().strip().matches("(?i)y|yes");
  }

  /** Returns whether nothing reads the results any more. */
  boolean isClosed() {
    return out.checkError() || machine.checkError();
  }

  /** Writes results. */
  synchronized void print(List<String> lines) {
    endProgress();
    lines.forEach(line -> out.println(shown(VisibleText.lines(line, TextStyle::isMark))));
    out.flush();
  }

  /** Writes JSON, in UTF-8 whatever the locale. */
  synchronized void json(List<String> documents) {
    endProgress();
    documents.forEach(machine::println);
    machine.flush();
  }

  /** Most lines are plain, and there are many: nothing in them is looked for. */
  private String shown(String visible) {
    return VisibleText.isPlain(visible) ? visible : charset.encodable(TextStyle.commands(visible));
  }

  /** Writes one line of results. */
  void print(String line) {
    print(List.of(line));
  }

  /** Writes a message as one line. */
  synchronized void say(String line) {
    endProgress();
    err.println(shown(VisibleText.line(line, TextStyle::isMark)));
    err.flush();
  }

  /** Writes a warning. */
  void warn(String words) {
    say(TextStyle.ATTENTION.paint("warning:", coloursErr()) + " " + Cell.of(words).text());
  }

  /** Writes a line that the next output overwrites; nothing where messages go to no terminal. */
  synchronized void progress(String line) {
    if (!display.has("err")) {
      return;
    }
    String cut = line.length() < display.width() ? line : line.substring(0, display.width() - 1);
    err.print(CLEAR_LINE + shown(TextStyle.QUIET.paint(cut, coloursErr())));
    err.flush();
    progressShown = true;
  }

  /** Removes the progress line. */
  synchronized void endProgress() {
    if (progressShown) {
      err.print(CLEAR_LINE);
      err.flush();
      progressShown = false;
    }
  }

  /** Clears the screen; writes only an empty line where results go to a file. */
  synchronized void nextScreen() {
    if (display.has("out")) {
      out.print(CLEAR_SCREEN);
    } else {
      out.println();
    }
  }
}
