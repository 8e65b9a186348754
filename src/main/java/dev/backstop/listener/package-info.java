/** The events of the control loop, and the listener that writes them to the log. */
@NullMarked
package dev.backstop.listener;

import org.jspecify.annotations.NullMarked;
