/** Where bytes lie: the store interface, its memory and filesystem stores, and their layers. */
@NullMarked
package dev.ashlar.objectstore;

import org.jspecify.annotations.NullMarked;
