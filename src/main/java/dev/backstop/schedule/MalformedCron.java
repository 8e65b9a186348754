package dev.backstop.schedule;

/** Says why a text is no cron expression, in words that quote nothing of it. */
final class MalformedCron extends Exception {

  private static final long serialVersionUID = 1L;

  private final String words;

  MalformedCron(String words) {
    super(words, null, false, false);
    this.words = words;
  }

  /** Returns the sentence, which may follow the expression. */
  String words() {
    return words;
  }
}
