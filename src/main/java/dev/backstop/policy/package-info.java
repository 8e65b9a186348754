/**
 * What the operator wants, and what becomes of a policy whose file is gone: values and pure
 * functions, nothing but the JDK.
 */
@NullMarked
package dev.backstop.policy;

import org.jspecify.annotations.NullMarked;
