/** Tables, plans, held sets and history as the command line shows them. */
@NullMarked
package dev.backstop.cli.text;

import org.jspecify.annotations.NullMarked;
