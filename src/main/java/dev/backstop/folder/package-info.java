/** The policy folder on disk: its listing, what its files prove, its events and its timed scan. */
@NullMarked
package dev.backstop.folder;

import org.jspecify.annotations.NullMarked;
