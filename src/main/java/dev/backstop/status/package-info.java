/** The last reports, and the trees that commands and pages show of them. */
@NullMarked
package dev.backstop.status;

import org.jspecify.annotations.NullMarked;
