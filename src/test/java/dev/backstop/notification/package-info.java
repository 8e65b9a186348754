/** Tests of {@link dev.backstop.notification}. */
@NullMarked
package dev.backstop.notification;

import org.jspecify.annotations.NullMarked;
