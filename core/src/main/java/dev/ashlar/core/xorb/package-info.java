/** The body of a xorb: its chunks, their compression, its index and the footer we store. */
@NullMarked
package dev.ashlar.core.xorb;

import org.jspecify.annotations.NullMarked;
