/** Who is calling: users, their access tokens, and what a request's credentials say. */
@NullMarked
package dev.ashlar.hub.account;

import org.jspecify.annotations.NullMarked;
