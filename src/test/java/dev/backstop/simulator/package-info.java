/** Tests of the stand-in through real clients. */
@NullMarked
package dev.backstop.simulator;

import org.jspecify.annotations.NullMarked;
