/** What people say about a repository and offer to it: discussions, pull requests, merges. */
@NullMarked
package dev.ashlar.hub.discussion;

import org.jspecify.annotations.NullMarked;
