/** Tests on a real OceanBase kernel, 4.3.5 by itself and dressed as 3.1.5 by a proxy. */
@NullMarked
package dev.backstop.kernel;

import org.jspecify.annotations.NullMarked;
