/** Implements the port {@code Triggers}; the only package that uses Quartz. */
@NullMarked
package dev.backstop.schedule;

import org.jspecify.annotations.NullMarked;
