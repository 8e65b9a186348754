/** An embedded stand-in for OceanBase that any MySQL client can connect to. */
@NullMarked
package dev.backstop.simulator;

import org.jspecify.annotations.NullMarked;
