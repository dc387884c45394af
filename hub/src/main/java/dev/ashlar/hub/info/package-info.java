/** Describes repositories one by one and in lists. */
@NullMarked
package dev.ashlar.hub.info;

import org.jspecify.annotations.NullMarked;
