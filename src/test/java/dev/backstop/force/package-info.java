@NullMarked
package dev.backstop.force;

import org.jspecify.annotations.NullMarked;
