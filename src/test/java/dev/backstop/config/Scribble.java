package dev.backstop.config;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Spoils example files by the grammar of their mistakes; the same number spoils the same way. */
final class Scribble {

  private static final List<String> PIECES =
      List.of(
          "&a ",
          "*a",
          "!!java.net.URL ",
          "!x ",
          "<<: ",
          "? ",
          "- ",
          ": ",
          "#",
          "\t",
          "\r\n",
          "\r",
          "\u0085",
          "\u2028",
          "\uFEFF",
          "\0",
          "\u0007",
          "---\n",
          "...\n",
          "%YAML 1.2\n",
          "|\n",
          ">-\n",
          "\"",
          "'",
          "{",
          "}",
          "[",
          "]",
          ",",
          "~",
          "null",
          "off",
          "on",
          "999999999999999999999",
          "-1",
          "1e9999",
          "0x7f",
          "9223372036854775807d",
          "\uD83D\uDE00",
          "name: ",
          "cluster: ",
          "tenants: [",
          "secondaryBackup: ",
          "every: ",
          "schedule: ",
          "clusters: ",
          "password: ",
          "passwordFile: ",
          ReaderTrial.CANARY);

  private final List<byte[]> seeds;

  private Scribble(List<byte[]> seeds) {
    this.seeds = seeds;
  }

  /** Takes files, and all files of folders, as seeds. */
  static Scribble over(String... paths) {
    return new Scribble(Arrays.stream(paths).flatMap(path -> files(Path.of(path))).toList());
  }

  private static Stream<byte[]> files(Path path) {
    try (Stream<Path> files = Files.walk(path)) {
      return files.filter(Files::isRegularFile).sorted().map(Scribble::bytes).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a spoiled file. */
  byte[] file(long seed) {
    Random random = new Random(seed);
    byte[] bytes = seeds.get(random.nextInt(seeds.size()));
    for (int i = random.nextInt(4); i >= 0; i--) {
      bytes = spoiled(bytes, random);
    }
    return bytes;
  }

  private byte[] spoiled(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length + 1);
    int to = Math.min(bytes.length, at + random.nextInt(20));
    return switch (random.nextInt(9)) {
      case 0 -> Arrays.copyOf(bytes, at);
      case 1 -> joined(bytes, at, new byte[0], to);
      case 2 -> joined(bytes, at, Arrays.copyOfRange(bytes, at, to), at);
      case 3 -> joined(bytes, at, new byte[] {(byte) random.nextInt(256)}, at);
      case 4 -> joined(bytes, at, repeated(random), at);
      case 5 -> joined(bytes, at, seeds.get(random.nextInt(seeds.size())), to);
      default -> joined(bytes, at, piece(random), random.nextBoolean() ? at : to);
    };
  }

  private static byte[] piece(Random random) {
    return PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.UTF_8);
  }

  /** Most are short, some nest deep, a few are longer than a file may be. */
  private static byte[] repeated(Random random) {
    int times = random.nextInt(50) == 0 ? 300_000 : 1 << random.nextInt(8);
    String one = List.of("[", "{a: ", "- ", " ", "x", "&b ", "*b ", "\n").get(random.nextInt(8));
    return one.repeat(times).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] joined(byte[] bytes, int at, byte[] middle, int from) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.write(bytes, 0, at);
    joined.writeBytes(middle);
    joined.write(bytes, from, bytes.length - from);
    return joined.toByteArray();
  }
}
