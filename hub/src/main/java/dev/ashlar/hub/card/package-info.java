/** What a README and its neighbours say about a repository, and whether its YAML is in order. */
@NullMarked
package dev.ashlar.hub.card;

import org.jspecify.annotations.NullMarked;
