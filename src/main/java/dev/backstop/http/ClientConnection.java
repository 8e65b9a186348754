package dev.backstop.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Connection of one client. For the thread of the loop only. */
final class ClientConnection {

  static final int MAX_REQUEST_BYTES = 16_384;

  /** The most bytes of one write, which the JDK copies into a buffer of the thread. */
  private static final int MAX_WRITE_BYTES = 65_536;

  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

  /** What a connection waits for; the first is closed first where there are too many. */
  enum Phase {
    /** The client to close, after the last response, which closing at once could discard. */
    CLOSING,
    /** A whole request. */
    READING,
    /** The client to read the response. */
    WRITING,
    /** A page; never closed. */
    PROCESSING
  }

  private final SocketChannel channel;
  private final SelectionKey key;
  private byte[] received = new byte[1024];
  private int length;
  private int scanned;
  private Phase phase = Phase.READING;
  private long phaseStart;
  private long firstByte;
  private @Nullable Response response;

  ClientConnection(SocketChannel channel, SelectionKey key, long now) {
    this.channel = channel;
    this.key = key;
    this.phaseStart = now;
  }

  Phase phase() {
    return phase;
  }

  /** Returns when the phase began, in nanoseconds. */
  long phaseStart() {
    return phaseStart;
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  /** Returns whether its timeout has passed. */
  boolean isOverdue(long now) {
    return switch (phase) {
      case CLOSING -> now - phaseStart > CLOSE_TIMEOUT.toNanos();
      case READING ->
          length == 0
              ? now - phaseStart > IDLE_TIMEOUT.toNanos()
              : now - firstByte > REQUEST_TIMEOUT.toNanos();
      case PROCESSING, WRITING -> now - phaseStart > RESPONSE_TIMEOUT.toNanos();
    };
  }

  /** Reads what has arrived; returns false where the client has closed the connection. */
  boolean read(long now) throws IOException {
    if (phase == Phase.CLOSING) {
      length = 0;
    } else if (length == received.length) {
      received = Arrays.copyOf(received, Math.min(2 * length, MAX_REQUEST_BYTES + 1));
    }
    int count = channel.read(ByteBuffer.wrap(received, length, received.length - length));
    if (count > 0 && length == 0) {
      firstByte = now;
    }
    length += Math.max(count, 0);
    return count >= 0;
  }

  /**
   * Removes the next request from the buffer; null where none is complete yet.
   *
   * @throws MalformedRequest where it is malformed or too long
   */
  @Nullable RequestHead nextRequest(long now) throws MalformedRequest {
    int end = headEnd();
    if (end > MAX_REQUEST_BYTES || (end < 0 && length > MAX_REQUEST_BYTES)) {
      throw new MalformedRequest(431, "a request has " + MAX_REQUEST_BYTES + " bytes at most");
    }
    if (end < 0) {
      return null;
    }
    String text = new String(received, 0, end, StandardCharsets.ISO_8859_1);
    length -= end + 4;
    System.arraycopy(received, end + 4, received, 0, length);
    scanned = 0;
    firstByte = now;
    return RequestHead.parse(text);
  }

  /** Returns the position of the empty line that ends a head; -1 where it has not arrived. */
  private int headEnd() {
    for (int i = scanned; i + 4 <= length; i++) {
      if (received[i] == '\r'
          && received[i + 1] == '\n'
          && received[i + 2] == '\r'
          && received[i + 3] == '\n') {
        return i;
      }
    }
    scanned = Math.max(0, length - 3);
    return -1;
  }

  /** Enters the processing of a request, during which nothing is read. */
  void onProcessing(long now) {
    enter(Phase.PROCESSING, 0, now);
  }

  /** Starts writing a response. */
  void onResponse(Response next, long now) {
    response = next;
    enter(Phase.WRITING, SelectionKey.OP_WRITE, now);
  }

  /** Writes what the socket accepts; returns whether all is written. */
  boolean write() throws IOException {
    Response writing = response;
    if (writing == null) {
      return true;
    }
    while (!writing.isWritten()) {
      ByteBuffer from = writing.head().hasRemaining() ? writing.head() : writing.body();
      ByteBuffer slice = from.slice();
      slice.limit(Math.min(slice.limit(), MAX_WRITE_BYTES));
      int count = channel.write(slice);
      from.position(from.position() + count);
      if (count == 0) {
        return false;
      }
    }
    return true;
  }

  /** Waits for the next request, or for the client to close after the last one. */
  void onWritten(long now) throws IOException {
    boolean isLast = response == null || response.isLast();
    release();
    if (isLast) {
      channel.shutdownOutput();
    }
    enter(isLast ? Phase.CLOSING : Phase.READING, SelectionKey.OP_READ, now);
  }

  private void enter(Phase next, int interest, long now) {
    phase = next;
    phaseStart = now;
    key.interestOps(interest);
  }

  private void release() {
    if (response != null) {
      response.close();
      response = null;
    }
  }

  /** Closes the connection and releases the memory of its page. */
  void close() {
    release();
    try {
      channel.close();
    } catch (IOException e) {
      // The connection is lost anyway.
    }
  }
}
