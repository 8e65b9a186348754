/** The running daemon: wires every part by hand, starts them inner first and stops in reverse. */
@NullMarked
package dev.backstop.daemon;

import org.jspecify.annotations.NullMarked;
