/** Bytes out: which chunks of which xorbs make a byte range of a file, and the range itself. */
@NullMarked
package dev.ashlar.reconstruction;

import org.jspecify.annotations.NullMarked;
