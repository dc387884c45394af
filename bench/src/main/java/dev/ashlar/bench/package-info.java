/** Measurements that need the house's own classes; docs/benchmarks.md has their results. */
@NullMarked
package dev.ashlar.bench;

import org.jspecify.annotations.NullMarked;
