/** Tests the look, the gate and the telling apart of errors. */
@NullMarked
package dev.backstop.oceanbase;

import org.jspecify.annotations.NullMarked;
