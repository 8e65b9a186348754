package dev.backstop.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Large pages leave in portions. */
class PageHandlerTest {

  @Test
  void clientThatNeverReadsHoldsOnePortionOfAPage() throws IOException {
    byte[] page = new byte[100_000];
    new Random(1).nextBytes(page);
    List<Integer> portions = new ArrayList<>();
    ByteArrayOutputStream written =
        new ByteArrayOutputStream() {
          @Override
          public synchronized void write(byte[] bytes, int from, int length) {
            portions.add(length);
            super.write(bytes, from, length);
          }
        };
    PageHandler.pour(page, written);
    assertThat(written.toByteArray()).isEqualTo(page);
    assertThat(portions).hasSize(7).allMatch(length -> length <= 16_384);
  }
}
