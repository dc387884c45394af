/** The Git LFS batch API: large files for clients without Xet. */
@NullMarked
package dev.ashlar.hub.lfs;

import org.jspecify.annotations.NullMarked;
