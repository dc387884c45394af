/** Changes to a revision over HTTP: what to upload how, and commits made of operations. */
@NullMarked
package dev.ashlar.hub.commit;

import org.jspecify.annotations.NullMarked;
