/** Builders and clocks that tests of several rooms share. */
@NullMarked
package dev.backstop.testing;

import org.jspecify.annotations.NullMarked;
