/**
 * Notifies people and programs of transitions: which are sent, when and in which form, and how a
 * message reaches a webhook or a program. Nothing here delays a look: a thread for each
 * notification delivers.
 */
@NullMarked
package dev.backstop.notification;

import org.jspecify.annotations.NullMarked;
