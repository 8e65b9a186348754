/** Story books of the simulated cluster: each test names the item of the reference it plays. */
@NullMarked
package dev.backstop.simulator.cluster;

import org.jspecify.annotations.NullMarked;
