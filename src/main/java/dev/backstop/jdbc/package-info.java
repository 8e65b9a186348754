/** Makes connections and keeps them: the only room of pools and drivers. */
@NullMarked
package dev.backstop.jdbc;

import org.jspecify.annotations.NullMarked;
