/**
 * Conf and policy files: YAML to values with positions, and the settings; the only user of
 * SnakeYAML.
 */
@NullMarked
package dev.backstop.config;

import org.jspecify.annotations.NullMarked;
