package dev.backstop.observation;

/** A text that counts how often a character of it is asked for. */
final class CountedText implements CharSequence {

  private final String text;
  private long steps;

  CountedText(String text) {
    this.text = text;
  }

  /** Returns how many characters were asked for, for each that it has. */
  long stepsPerCharacter() {
    return steps / text.length();
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    steps++;
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int from, int end) {
    steps += end - from;
    return text.substring(from, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
