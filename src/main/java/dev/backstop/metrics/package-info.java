/** Metrics in a Dropwizard registry; the only package that uses that library. */
@NullMarked
package dev.backstop.metrics;

import org.jspecify.annotations.NullMarked;
