package dev.backstop.config;

import dev.backstop.config.Node.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Gathers the mistakes of one file, so that all are reported at once. */
final class Problems {

  /** Beyond this a list helps nobody, and a hostile file must not fill the memory. */
  private static final int MOST = 50;

  private final String file;
  private final List<Problem> found = new ArrayList<>();
  private String text = "";
  private boolean isUnparseable;
  private Place reached = Place.START;

  Problems(String file) {
    this.file = file;
  }

  /** Sets the file's text, which may show the cause of a mistake. */
  void setText(String content) {
    text = content;
  }

  /** Notes how far the file was read. */
  void reach(Place place) {
    reached = place;
  }

  /** Notes that the file could not be parsed, so that the cause may be in any line. */
  void setUnparseable() {
    isUnparseable = true;
  }

  /** Returns whether there is no mistake. */
  boolean isEmpty() {
    return found.isEmpty();
  }

  /** Returns whether more mistakes would not be shown, so that looking for them is in vain. */
  boolean isFull() {
    return found.size() > MOST;
  }

  /** Returns a place with its file. */
  String placed(Place place) {
    return file + ":" + place.line() + ":" + place.column();
  }

  /** Notes a mistake. */
  void at(Place place, String message) {
    if (found.size() <= MOST) {
      String words = found.size() < MOST ? message : "and more; mend the others first";
      found.add(new Problem(file, place.line(), place.column(), words));
    }
  }

  /**
   * Returns what a step of reading gives; null where it gives nothing or throws whatever the
   * content can set off, which is noted at the place that was reached.
   *
   * @throws OutOfMemoryError alone: it is the process's fault, not the file's
   */
  <T> @Nullable T guard(Supplier<@Nullable T> step) {
    try {
      return step.get();
    } catch (OutOfMemoryError exhausted) {
      throw exhausted;
    } catch (Throwable thrown) {
      // Its own message may quote the file, and with it a credential.
      at(
          reached,
          "can't be read: it sets off a fault of this program ("
              + thrown.getClass().getSimpleName()
              + "); write it otherwise, and please report it");
      return null;
    }
  }

  /** Returns what was found, in the order of the file, with the causes where they are known. */
  List<Problem> sorted() {
    return found.isEmpty()
        ? List.of()
        : LookAlikes.explain(found.stream().sorted().toList(), text, isUnparseable);
  }
}
