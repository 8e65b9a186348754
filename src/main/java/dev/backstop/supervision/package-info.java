/**
 * Threads and child processes of the daemon under supervision: what escapes from one turn is
 * logged, and the next turn runs; a program runs for a limited time.
 */
@NullMarked
package dev.backstop.supervision;

import org.jspecify.annotations.NullMarked;
