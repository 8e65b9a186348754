/** Tests of MySQL's dialect over simulated tables. */
@NullMarked
package dev.backstop.simulator.sql;

import org.jspecify.annotations.NullMarked;
