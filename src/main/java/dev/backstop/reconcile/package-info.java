/** One cycle of looking, deciding, sending and recording, and the doors outward that it needs. */
@NullMarked
package dev.backstop.reconcile;

import org.jspecify.annotations.NullMarked;
