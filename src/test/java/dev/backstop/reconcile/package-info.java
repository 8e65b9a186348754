/** Tests the cycle, and holds what every implementation of a door must do. */
@NullMarked
package dev.backstop.reconcile;

import org.jspecify.annotations.NullMarked;
