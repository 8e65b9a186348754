/** The difference between what is wanted and what is seen: pure functions, nothing but the JDK. */
@NullMarked
package dev.backstop.plan;

import org.jspecify.annotations.NullMarked;
