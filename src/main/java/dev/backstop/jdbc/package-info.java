/** Makes connections; the only room that knows the pool and the drivers. */
@NullMarked
package dev.backstop.jdbc;

import org.jspecify.annotations.NullMarked;
