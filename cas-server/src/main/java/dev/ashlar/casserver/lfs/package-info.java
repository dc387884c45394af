/** The endpoint that takes whole LFS objects. */
@NullMarked
package dev.ashlar.casserver.lfs;

import org.jspecify.annotations.NullMarked;
