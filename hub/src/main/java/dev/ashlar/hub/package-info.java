/** Names and people: the hub's HTTP API, wired together here. */
@NullMarked
package dev.ashlar.hub;

import org.jspecify.annotations.NullMarked;
