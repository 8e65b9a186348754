/**
 * Makes data sources, for the clusters and for the state store: the only room of HikariCP and of
 * drivers.
 */
@NullMarked
package dev.backstop.jdbc;

import org.jspecify.annotations.NullMarked;
