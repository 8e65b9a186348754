/** The daemon as a real process, in real trouble, judged from the outside only. */
@NullMarked
package dev.backstop.trials;

import org.jspecify.annotations.NullMarked;
