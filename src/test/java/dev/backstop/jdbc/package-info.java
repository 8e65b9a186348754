/** Tests connections and what they are opened with. */
@NullMarked
package dev.backstop.jdbc;

import org.jspecify.annotations.NullMarked;
