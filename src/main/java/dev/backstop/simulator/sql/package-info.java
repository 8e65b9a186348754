/**
 * SQL over the simulated tables: a parser and an interpreter for what clients ask, SHOW and SET.
 */
@NullMarked
package dev.backstop.simulator.sql;

import org.jspecify.annotations.NullMarked;
