/** The content of files: small ones directly, large ones by a signed URL. */
@NullMarked
package dev.ashlar.hub.resolve;

import org.jspecify.annotations.NullMarked;
