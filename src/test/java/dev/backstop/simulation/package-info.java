/** The whole daemon in one thread on virtual time, given a story of trouble and judged by it. */
@NullMarked
package dev.backstop.simulation;

import org.jspecify.annotations.NullMarked;
