/** Compares the stand-in with a real OceanBase kernel, statement by statement, on the wire. */
@NullMarked
package dev.backstop.simulator.corpus;

import org.jspecify.annotations.NullMarked;
