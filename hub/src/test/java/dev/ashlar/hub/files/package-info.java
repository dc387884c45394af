/** The file endpoints of the hub over real HTTP. */
@NullMarked
package dev.ashlar.hub.files;

import org.jspecify.annotations.NullMarked;
