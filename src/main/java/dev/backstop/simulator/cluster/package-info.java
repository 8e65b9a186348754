/** The secondary-backup state machines of an OceanBase cluster: pure, no thread, socket or SQL. */
@NullMarked
package dev.backstop.simulator.cluster;

import org.jspecify.annotations.NullMarked;
