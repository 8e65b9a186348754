/** What must survive a crash: the door {@link dev.backstop.state.StateStore} on SQLite or MySQL. */
@NullMarked
package dev.backstop.store;

import org.jspecify.annotations.NullMarked;
