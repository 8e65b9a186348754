/**
 * The last resort, for a person alone: the statement that ends every backup of a cluster. Only
 * {@code cli} may use this package.
 */
@NullMarked
package dev.backstop.force;

import org.jspecify.annotations.NullMarked;
