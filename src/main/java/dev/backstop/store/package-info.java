/** What must survive a crash: the door {@link dev.backstop.reconcile.Store} on SQLite or MySQL. */
@NullMarked
package dev.backstop.store;

import org.jspecify.annotations.NullMarked;
