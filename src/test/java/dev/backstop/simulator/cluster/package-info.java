/** Tests of the simulated cluster against docs/oceanbase.md. */
@NullMarked
package dev.backstop.simulator.cluster;

import org.jspecify.annotations.NullMarked;
