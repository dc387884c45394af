/** The endpoints of the Xet protocol. */
@NullMarked
package dev.ashlar.casserver.xet;

import org.jspecify.annotations.NullMarked;
