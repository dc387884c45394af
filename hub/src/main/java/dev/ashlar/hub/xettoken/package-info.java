/** Hands out the tokens with which clients talk to the CAS. */
@NullMarked
package dev.ashlar.hub.xettoken;

import org.jspecify.annotations.NullMarked;
