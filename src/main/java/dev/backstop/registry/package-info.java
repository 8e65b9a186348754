/**
 * Keeps the registry of known policies in step with the policy folder, and releases what is held.
 */
@NullMarked
package dev.backstop.registry;

import org.jspecify.annotations.NullMarked;
