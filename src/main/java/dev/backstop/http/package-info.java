/** HTTP server for read-only pages, on the JDK alone. */
@NullMarked
package dev.backstop.http;

import org.jspecify.annotations.NullMarked;
