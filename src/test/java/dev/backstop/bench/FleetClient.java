package dev.backstop.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;

/** One client of the fleet, from its login to its end, without a thread of its own. */
final class FleetClient {

  private static final int HEADER = 4;

  /** Flags, longest packet, character set and what is reserved come before the user. */
  private static final int BEFORE_USER = 32;

  private static final byte QUIT = 1;

  private final SocketChannel channel;
  private final FleetAnswers answers;
  private final FleetFaults faults;
  private final FleetArrivals arrivals;
  private final Deque<ByteBuffer> unsent = new ArrayDeque<>();
  private ByteBuffer received = ByteBuffer.allocate(4_096).order(ByteOrder.LITTLE_ENDIAN);
  private String cluster = "";

  FleetClient(
      SocketChannel channel, FleetAnswers answers, FleetFaults faults, FleetArrivals arrivals) {
    this.channel = channel;
    this.answers = answers;
    this.faults = faults;
    this.arrivals = arrivals;
  }

  void greet(SelectionKey key) {
    send(key, answers.greeting());
  }

  /** Reads and answers what has come, and sends what could not be sent before. */
  void proceed(SelectionKey key) {
    try {
      if (key.isWritable()) {
        flush(key);
      }
      if (key.isReadable() && channel.read(received) < 0) {
        channel.close();
        return;
      }
      received.flip();
      while (channel.isOpen() && hasPacket()) {
        byte[] payload = new byte[received.getInt() & 0xffffff];
        received.get(payload);
        answer(key, payload);
      }
      received.compact();
      if (!received.hasRemaining()) {
        received =
            ByteBuffer.allocate(2 * received.capacity())
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(received.flip());
      }
    } catch (IOException gone) {
      close();
    }
  }

  private boolean hasPacket() {
    return received.remaining() >= HEADER
        && received.remaining() >= HEADER + (received.getInt(received.position()) & 0xffffff);
  }

  private void answer(SelectionKey key, byte[] payload) throws IOException {
    if (cluster.isEmpty()) {
      int end = BEFORE_USER;
      while (payload[end] != 0) {
        end++;
      }
      String user = new String(payload, BEFORE_USER, end - BEFORE_USER, StandardCharsets.US_ASCII);
      cluster = user.substring(user.indexOf('#') + 1);
      send(key, answers.welcome());
    } else if (payload[0] == QUIT) {
      channel.close();
    } else {
      FleetAnswers.Answer answer = answers.to(payload);
      if (answer.isLook() && !cluster.startsWith(FleetProcess.HUNG)) {
        arrivals.look(cluster, System.nanoTime());
      }
      if (answer.isStop()) {
        arrivals.stop(cluster, Clock.systemUTC().instant());
      }
      switch (answer.isLook() ? faults.of(cluster) : FleetFaults.Fault.NONE) {
        case NONE -> send(key, answer.of(cluster));
        case REFUSAL -> send(key, FleetAnswers.REFUSAL);
        case CUT -> channel.close();
        case SILENCE -> {}
      }
    }
  }

  private void send(SelectionKey key, byte[] bytes) {
    unsent.add(ByteBuffer.wrap(bytes));
    try {
      flush(key);
    } catch (IOException gone) {
      close();
    }
  }

  private void flush(SelectionKey key) throws IOException {
    while (!unsent.isEmpty()) {
      channel.write(unsent.element());
      if (unsent.element().hasRemaining()) {
        key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
        return;
      }
      unsent.remove();
    }
    key.interestOps(SelectionKey.OP_READ);
  }

  private void close() {
    try {
      channel.close();
    } catch (IOException alreadyGone) {
      throw new IllegalStateException(alreadyGone);
    }
  }
}
