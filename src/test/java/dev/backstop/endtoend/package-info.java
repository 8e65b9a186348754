/** Drives the whole program as its users do, against stand-ins over the wire. */
@NullMarked
package dev.backstop.endtoend;

import org.jspecify.annotations.NullMarked;
