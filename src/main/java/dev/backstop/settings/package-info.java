/** What conf/backstop.yaml says, validated: values only, nothing but the JDK. */
@NullMarked
package dev.backstop.settings;

import org.jspecify.annotations.NullMarked;
