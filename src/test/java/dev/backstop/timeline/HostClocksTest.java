package dev.backstop.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tells what the clocks of this host show. */
class HostClocksTest {

  @TempDir private Path folder;

  @Test
  void showsAtEachReadingWhatTheKernelTellsThen() throws IOException {
    Path uptime = Files.writeString(folder.resolve("uptime"), "12345.67 99.00\n");
    HostClocks clocks = new HostClocks(uptime.toString());
    assertThat(clocks.read().uptime()).isEqualTo(12_345_670_000_000L);
    Files.writeString(uptime, "99999.01 99.00\n");
    assertThat(clocks.read().uptime()).isEqualTo(99_999_010_000_000L);
  }

  @Test
  void goesByTheClockOfTheJvmWhereTheKernelTellsNothing() throws IOException {
    Path uptime = folder.resolve("uptime");
    HostClocks clocks = new HostClocks(uptime.toString());
    ElapsedTime.Reading without = clocks.read();
    assertThat(without.uptime()).isEqualTo(without.nanos());
    Files.writeString(uptime, "no number\n");
    ElapsedTime.Reading malformed = clocks.read();
    assertThat(malformed.uptime()).isEqualTo(malformed.nanos());
    Files.writeString(uptime, "7.00 1.00\n");
    assertThat(clocks.read().uptime()).as("once it does").isEqualTo(7_000_000_000L);
  }
}
