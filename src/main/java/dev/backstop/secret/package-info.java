/** Reads secrets from files, variables, systemd credentials and programs, at each use. */
@NullMarked
package dev.backstop.secret;

import org.jspecify.annotations.NullMarked;
