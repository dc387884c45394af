/** The way out: checks a signed URL, then serves ranges of a xorb or of a whole file. */
@NullMarked
package dev.ashlar.gateway;

import org.jspecify.annotations.NullMarked;
