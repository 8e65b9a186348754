/**
 * Time as it passes for everything that waits: an order of instants that no clock setting moves.
 */
@NullMarked
package dev.backstop.timeline;

import org.jspecify.annotations.NullMarked;
