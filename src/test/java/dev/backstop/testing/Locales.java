package dev.backstop.testing;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Runs code under default locales whose digits, letters or calendars differ from English ones. */
public final class Locales {

  /** Arabic and Persian digits, Thai digits with the Buddhist calendar, Turkish letters. */
  public static final List<String> UNUSUAL =
      List.of("ar-EG-u-nu-arab", "fa-IR", "th-TH-u-ca-buddhist-nu-thai", "tr-TR");

  private Locales() {}

  /** Returns what a supplier makes under a default locale, and restores the one of before. */
  public static <T> T under(String tag, Supplier<T> supplier) {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag(tag));
    try {
      return supplier.get();
    } finally {
      Locale.setDefault(before);
    }
  }
}
