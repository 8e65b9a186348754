/** Tests of the packages. */
@NullMarked
package dev.backstop.packaging;

import org.jspecify.annotations.NullMarked;
