/** Keeps OceanBase secondary backups stopped wherever the policy says they must not run. */
@NullMarked
package dev.backstop;

import org.jspecify.annotations.NullMarked;
