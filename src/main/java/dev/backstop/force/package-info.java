/**
 * The last resort, for a person alone: the statement that ends every backup of a cluster. No other
 * room but the command line may name this one.
 */
@NullMarked
package dev.backstop.force;

import org.jspecify.annotations.NullMarked;
