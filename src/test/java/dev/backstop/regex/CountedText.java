package dev.backstop.regex;

/** A text that counts how often it is looked at, and fails past a hundred times its length. */
final class CountedText implements CharSequence {

  private static final int MOST_LOOKS = 100;

  private final String text;
  private long left;

  CountedText(String text) {
    this.text = text;
    this.left = (long) MOST_LOOKS * text.length() + MOST_LOOKS;
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    left--;
    if (left < 0) {
      throw new TooManyLooks();
    }
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }

  /** Ends a search that is not linear. */
  static final class TooManyLooks extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
