package dev.backstop.kernel;

import dev.backstop.testing.Need;
import dev.backstop.testing.Needs;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Marks a test that has the kernel of this JVM for itself while it runs. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Needs(Need.KERNEL)
@ResourceLock("kernel")
public @interface OnKernel {}
