/** JMH benches of the kernels: each alone, for all sizes and kinds of bytes. */
@NullMarked
package dev.ashlar.bench.jmh;

import org.jspecify.annotations.NullMarked;
