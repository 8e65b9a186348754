/** Holds the documentation to what the program does. */
@NullMarked
package dev.backstop.docs;

import org.jspecify.annotations.NullMarked;
