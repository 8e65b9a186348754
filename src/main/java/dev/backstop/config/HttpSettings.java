package dev.backstop.config;

/**
 * Says where the pages are served.
 *
 * @param host loopback unless configured otherwise
 * @param port 0 for any free one
 */
public record HttpSettings(String host, int port) {}
