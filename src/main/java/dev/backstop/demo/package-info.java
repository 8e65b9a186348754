/** The embedded demonstration: the daemon at work on simulated clusters, in one process. */
@NullMarked
package dev.backstop.demo;

import org.jspecify.annotations.NullMarked;
