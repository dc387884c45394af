/** Bytes and values of the reference client, and the generators of its inputs. */
@NullMarked
package dev.ashlar.core.golden;

import org.jspecify.annotations.NullMarked;
