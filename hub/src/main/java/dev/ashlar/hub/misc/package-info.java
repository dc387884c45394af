/** Small answers that every client expects from a hub, and the one for paths that nobody knows. */
@NullMarked
package dev.ashlar.hub.misc;

import org.jspecify.annotations.NullMarked;
