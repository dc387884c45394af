/** Who may do what: one pure rule, without I/O. */
@NullMarked
package dev.ashlar.hub.access;

import org.jspecify.annotations.NullMarked;
