package dev.backstop.config;

/** Thrown where a text is no value of its type; the message follows the key's name. */
final class MalformedValue extends Exception {

  MalformedValue(String message) {
    super(message);
  }
}
