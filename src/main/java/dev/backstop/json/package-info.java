/** Values to JSON and back: the only package that knows Jackson, and it knows no type of ours. */
@NullMarked
package dev.backstop.json;

import org.jspecify.annotations.NullMarked;
