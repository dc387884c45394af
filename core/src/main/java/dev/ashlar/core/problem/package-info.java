/** What can go wrong on purpose, as values. */
@NullMarked
package dev.ashlar.core.problem;

import org.jspecify.annotations.NullMarked;
