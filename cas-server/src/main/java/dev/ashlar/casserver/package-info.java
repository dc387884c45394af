/** The server process: everything wired together, and the CAS side of it. */
@NullMarked
package dev.ashlar.casserver;

import org.jspecify.annotations.NullMarked;
