/** Tests of the protocol's pieces. */
@NullMarked
package dev.backstop.simulator.wire;

import org.jspecify.annotations.NullMarked;
