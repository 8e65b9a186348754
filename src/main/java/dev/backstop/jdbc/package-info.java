/**
 * Connections to clusters and to the state store. The only package that uses HikariCP and JDBC
 * drivers.
 */
@NullMarked
package dev.backstop.jdbc;

import org.jspecify.annotations.NullMarked;
