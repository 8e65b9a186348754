/**
 * Threads of the daemon under supervision: what escapes from one turn is logged, and the next turn
 * runs.
 */
@NullMarked
package dev.backstop.supervision;

import org.jspecify.annotations.NullMarked;
