/** Places where tests let the process die, to prove that nothing half-done ever shows. */
@NullMarked
package dev.ashlar.core.fault;

import org.jspecify.annotations.NullMarked;
