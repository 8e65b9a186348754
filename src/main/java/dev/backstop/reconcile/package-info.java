/** The control loop and its ports: observe, load, fold, evaluate, permit, send, record. */
@NullMarked
package dev.backstop.reconcile;

import org.jspecify.annotations.NullMarked;
