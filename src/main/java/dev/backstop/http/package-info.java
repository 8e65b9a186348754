/** A thin door to pages over HTTP: knows nothing but the JDK. */
@NullMarked
package dev.backstop.http;

import org.jspecify.annotations.NullMarked;
