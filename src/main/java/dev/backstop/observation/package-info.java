/** What a cluster shows: values only, nothing but the JDK. */
@NullMarked
package dev.backstop.observation;

import org.jspecify.annotations.NullMarked;
