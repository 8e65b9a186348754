/**
 * What is remembered of clusters, policies and statements, and the port of the store that keeps it.
 */
@NullMarked
package dev.backstop.state;

import org.jspecify.annotations.NullMarked;
