/** Immutable values of what a look at a cluster shows. */
@NullMarked
package dev.backstop.observation;

import org.jspecify.annotations.NullMarked;
