/** The command line; the only package that uses picocli. */
@NullMarked
package dev.backstop.cli;

import org.jspecify.annotations.NullMarked;
