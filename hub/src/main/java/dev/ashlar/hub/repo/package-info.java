/** Repositories: their names, settings, cards, lists, and the way to them for a caller. */
@NullMarked
package dev.ashlar.hub.repo;

import org.jspecify.annotations.NullMarked;
