/** The characters that may reach a terminal, a log or JSON: knows nothing but the JDK. */
@NullMarked
package dev.backstop.text;

import org.jspecify.annotations.NullMarked;
