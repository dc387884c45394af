/** Names of bytes: BLAKE3, Merkle hashes and SHA-256. */
@NullMarked
package dev.ashlar.core.hash;

import org.jspecify.annotations.NullMarked;
