/**
 * The stored form of each record as a type of its own, converted to and from the domain field by
 * field, so that a change there does not change what is written.
 */
@NullMarked
package dev.backstop.store.format;

import org.jspecify.annotations.NullMarked;
