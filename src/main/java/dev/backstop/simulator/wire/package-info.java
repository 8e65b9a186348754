/** MySQL's client protocol on sockets: framing, login, commands and answers. */
@NullMarked
package dev.backstop.simulator.wire;

import org.jspecify.annotations.NullMarked;
