package dev.backstop.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One client's connection; only the thread of the loop uses it. */
final class ClientConnection {

  static final int MOST_BYTES = 16_384;

  /** So much is handed over at once: the JDK copies what it writes, for each thread. */
  private static final int PORTION = 65_536;

  private static final Duration IDLE = Duration.ofSeconds(10);
  private static final Duration REQUEST = Duration.ofSeconds(5);
  private static final Duration RESPONSE = Duration.ofSeconds(60);
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  /** What a connection waits for, first the one that is given up first where places are short. */
  enum Phase {
    /** The client's end, after the last response: closing at once could take that from it. */
    ENDING,
    /** A whole request. */
    READING,
    /** The client's reading of the response. */
    WRITING,
    /** A page; never given up. */
    MAKING
  }

  private final SocketChannel channel;
  private final SelectionKey key;
  private byte[] received = new byte[1024];
  private int length;
  private int searched;
  private Phase phase = Phase.READING;
  private long since;
  private long firstByte;
  private @Nullable Response answer;

  ClientConnection(SocketChannel channel, SelectionKey key, long now) {
    this.channel = channel;
    this.key = key;
    this.since = now;
  }

  Phase phase() {
    return phase;
  }

  /** Returns when the phase began, in nanoseconds of the system's counter. */
  long since() {
    return since;
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  /** Returns whether its time is up. */
  boolean isOverdue(long now) {
    return switch (phase) {
      case ENDING -> now - since > FAREWELL.toNanos();
      case READING ->
          length == 0 ? now - since > IDLE.toNanos() : now - firstByte > REQUEST.toNanos();
      case MAKING, WRITING -> now - since > RESPONSE.toNanos();
    };
  }

  /** Reads what has come; false where the client has ended. */
  boolean read(long now) throws IOException {
    if (phase == Phase.ENDING) {
      length = 0;
    } else if (length == received.length) {
      received = Arrays.copyOf(received, Math.min(2 * length, MOST_BYTES + 1));
    }
    int count = channel.read(ByteBuffer.wrap(received, length, received.length - length));
    if (count > 0 && length == 0) {
      firstByte = now;
    }
    length += Math.max(count, 0);
    return count >= 0;
  }

  /**
   * Takes the next request out of what was received; null where none is whole yet.
   *
   * @throws MalformedRequest where it can't become one
   */
  @Nullable RequestHead nextRequest(long now) throws MalformedRequest {
    int end = end();
    if (end > MOST_BYTES || (end < 0 && length > MOST_BYTES)) {
      throw new MalformedRequest(431, "a request has " + MOST_BYTES + " bytes at most");
    }
    if (end < 0) {
      return null;
    }
    String text = new String(received, 0, end, StandardCharsets.ISO_8859_1);
    length -= end + 4;
    System.arraycopy(received, end + 4, received, 0, length);
    searched = 0;
    firstByte = now;
    return RequestHead.parse(text);
  }

  /** Returns where the empty line begins that ends a head; -1 where it has not come yet. */
  private int end() {
    for (int i = searched; i + 4 <= length; i++) {
      if (received[i] == '\r'
          && received[i + 1] == '\n'
          && received[i + 2] == '\r'
          && received[i + 3] == '\n') {
        return i;
      }
    }
    searched = Math.max(0, length - 3);
    return -1;
  }

  /** Waits for a page to be made; nothing is read meanwhile. */
  void onMaking(long now) {
    enter(Phase.MAKING, 0, now);
  }

  /** Begins to write. */
  void onMade(Response made, long now) {
    answer = made;
    enter(Phase.WRITING, SelectionKey.OP_WRITE, now);
  }

  /** Writes what the client takes; true once it has taken all. */
  boolean write() throws IOException {
    Response writing = answer;
    if (writing == null) {
      return true;
    }
    while (!writing.isWritten()) {
      ByteBuffer from = writing.head().hasRemaining() ? writing.head() : writing.body();
      ByteBuffer portion = from.slice();
      portion.limit(Math.min(portion.limit(), PORTION));
      int count = channel.write(portion);
      from.position(from.position() + count);
      if (count == 0) {
        return false;
      }
    }
    return true;
  }

  /** Goes on with the next request, or towards the end after the last one. */
  void onWritten(long now) throws IOException {
    boolean isLast = answer == null || answer.isLast();
    release();
    if (isLast) {
      channel.shutdownOutput();
    }
    enter(isLast ? Phase.ENDING : Phase.READING, SelectionKey.OP_READ, now);
  }

  private void enter(Phase next, int interest, long now) {
    phase = next;
    since = now;
    key.interestOps(interest);
  }

  private void release() {
    if (answer != null) {
      answer.close();
      answer = null;
    }
  }

  /** Closes it and gives back the memory of its page. */
  void close() {
    release();
    try {
      channel.close();
    } catch (IOException e) {
      // The client is gone: there is nobody to tell.
    }
  }
}
