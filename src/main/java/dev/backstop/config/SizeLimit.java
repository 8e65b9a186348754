package dev.backstop.config;

/**
 * How long a file may be.
 *
 * @param bytes the most bytes
 * @param words what is wrong with a file that has more
 */
record SizeLimit(int bytes, String words) {

  /** The limit of one policy file. */
  static final SizeLimit POLICY =
      new SizeLimit(
          BoundedFile.MOST_BYTES, "the file has more than 256 KiB, which no honest one needs");

  /** The limit of the configuration together with the files that it includes. */
  static final SizeLimit CONF =
      new SizeLimit(
          16 * 1024 * 1024,
          "the configuration has more than 16 MiB together with the files that it includes");

  /** Returns what is left of the limit after a file. */
  SizeLimit after(int read) {
    return new SizeLimit(Math.max(0, bytes - read), words);
  }
}
