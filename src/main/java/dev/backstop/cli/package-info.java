/** The command line: a thin door to the application, and the one room that knows picocli. */
@NullMarked
package dev.backstop.cli;

import org.jspecify.annotations.NullMarked;
