/** YAML in, validated values out, and the scan of the policy folder; the only SnakeYAML room. */
@NullMarked
package dev.backstop.policyfile;

import org.jspecify.annotations.NullMarked;
