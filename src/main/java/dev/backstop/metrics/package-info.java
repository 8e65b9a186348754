/** What happens, counted and timed in a Dropwizard registry: the only room of that library. */
@NullMarked
package dev.backstop.metrics;

import org.jspecify.annotations.NullMarked;
