package dev.backstop.config;

/** Says why a value is not what its key wants; its message goes on after the key's name. */
final class MalformedValue extends Exception {

  MalformedValue(String message) {
    super(message);
  }
}
