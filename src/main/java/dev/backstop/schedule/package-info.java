/** When to look: Quartz behind the door {@code Triggers}, and the one room that knows it. */
@NullMarked
package dev.backstop.schedule;

import org.jspecify.annotations.NullMarked;
