/** Organisations and who is what in them. */
@NullMarked
package dev.ashlar.hub.org;

import org.jspecify.annotations.NullMarked;
