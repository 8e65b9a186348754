/** Puts the rooms together, starts them from the core outward and stops them in reverse. */
@NullMarked
package dev.backstop.app;

import org.jspecify.annotations.NullMarked;
