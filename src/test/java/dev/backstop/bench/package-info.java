/** A benchmark: the daemon on a fleet of stand-ins, beside a loop that only asks. */
@NullMarked
package dev.backstop.bench;

import org.jspecify.annotations.NullMarked;
