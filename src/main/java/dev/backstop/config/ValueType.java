package dev.backstop.config;

/** Turns the text of a YAML scalar into a value, as YAML itself would not: by our own rules. */
@FunctionalInterface
interface ValueType<T> {

  T read(String text) throws MalformedValue;
}
