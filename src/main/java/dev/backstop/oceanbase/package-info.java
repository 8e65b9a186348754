/** Adapter of the port {@code Cluster}: looks, checked statements and classified errors. */
@NullMarked
package dev.backstop.oceanbase;

import org.jspecify.annotations.NullMarked;
