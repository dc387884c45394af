/** What a revision holds: revisions, refs, listings, single paths and the log of commits. */
@NullMarked
package dev.ashlar.hub.tree;

import org.jspecify.annotations.NullMarked;
