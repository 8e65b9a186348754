/** SQL over the simulated tables: MySQL's dialect on an embedded engine, SHOW, SET and errors. */
@NullMarked
package dev.backstop.simulator.sql;

import org.jspecify.annotations.NullMarked;
