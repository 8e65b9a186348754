/** What tests of several rooms share: builders, clocks and faults. */
@NullMarked
package dev.backstop.testing;

import org.jspecify.annotations.NullMarked;
