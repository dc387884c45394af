/** Gated repositories: who asked for their files, and what became of it. */
@NullMarked
package dev.ashlar.hub.gate;

import org.jspecify.annotations.NullMarked;
