/** Values to JSON and back; the only room that knows Jackson, and it knows no type of ours. */
@NullMarked
package dev.backstop.json;

import org.jspecify.annotations.NullMarked;
