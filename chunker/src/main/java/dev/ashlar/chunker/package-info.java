/** Bytes in: content-defined chunks, found again in known xorbs or packed into new ones. */
@NullMarked
package dev.ashlar.chunker;

import org.jspecify.annotations.NullMarked;
