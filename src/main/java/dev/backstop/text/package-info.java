/**
 * Text that people read and write: durations, times, and the characters that may reach a terminal.
 */
@NullMarked
package dev.backstop.text;

import org.jspecify.annotations.NullMarked;
