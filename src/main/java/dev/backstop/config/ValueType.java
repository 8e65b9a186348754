package dev.backstop.config;

/** Turns the text of a single value into the value, by rules of our own and not YAML's. */
@FunctionalInterface
interface ValueType<T> {

  T read(String text) throws MalformedValue;
}
