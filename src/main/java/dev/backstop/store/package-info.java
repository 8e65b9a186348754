/** Implementation of the port {@link dev.backstop.state.StateStore} on SQLite and MySQL. */
@NullMarked
package dev.backstop.store;

import org.jspecify.annotations.NullMarked;
