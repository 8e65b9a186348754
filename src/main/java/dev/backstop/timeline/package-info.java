/** Time as what waits measures it, apart from what the wall clock shows. */
@NullMarked
package dev.backstop.timeline;

import org.jspecify.annotations.NullMarked;
