/** Calls of C functions: the one place that links them. */
@NullMarked
package dev.ashlar.core.foreign;

import org.jspecify.annotations.NullMarked;
