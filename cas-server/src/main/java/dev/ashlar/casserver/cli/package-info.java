/** The command line: serving, and administration of a running server. */
@NullMarked
package dev.ashlar.casserver.cli;

import org.jspecify.annotations.NullMarked;
