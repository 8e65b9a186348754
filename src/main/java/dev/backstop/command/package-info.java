/** The commands of the command line, one service each, behind the interface Application. */
@NullMarked
package dev.backstop.command;

import org.jspecify.annotations.NullMarked;
