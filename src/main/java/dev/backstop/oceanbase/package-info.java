/** One look as one SELECT, the statements behind their gate, errors told apart. */
@NullMarked
package dev.backstop.oceanbase;

import org.jspecify.annotations.NullMarked;
