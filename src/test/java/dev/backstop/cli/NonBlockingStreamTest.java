package dev.backstop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class NonBlockingStreamTest {

  /** A pipe that is full until somebody reads it. */
  private static final class Pipe extends OutputStream {
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private final CountDownLatch reading = new CountDownLatch(1);

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        reading.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      taken.write(bytes, offset, length);
    }

    String text() {
      return taken.toString(StandardCharsets.UTF_8);
    }
  }

  private final Pipe pipe = new Pipe();
  private final NonBlockingStream stream = new NonBlockingStream(pipe);

  private void write(String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    stream.write(bytes, 0, bytes.length);
  }

  @Test
  void writerGoesOnWhereNobodyReads_andWhatIsDroppedIsCounted() {
    String line = "x".repeat(1023) + "\n";
    for (int i = 0; i < 3000; i++) {
      write(line);
    }
    pipe.reading.countDown();
    stream.drain(Duration.ofSeconds(10));
    assertThat(pipe.text()).startsWith(line).contains("messages were dropped here");
    assertThat(pipe.text().lines().filter(one -> one.startsWith("x"))).hasSizeBetween(1000, 1100);
    write("and on\n");
    stream.drain(Duration.ofSeconds(10));
    assertThat(pipe.text()).endsWith("and on\n");
  }

  @Test
  void keepsTheOrder() {
    pipe.reading.countDown();
    for (int i = 0; i < 100; i++) {
      write(i + "\n");
    }
    stream.drain(Duration.ofSeconds(10));
    assertThat(pipe.text()).startsWith("0\n1\n2\n").endsWith("98\n99\n");
  }
}
