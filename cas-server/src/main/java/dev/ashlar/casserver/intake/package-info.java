/** Bytes and metadata that come in: checked, stored and registered, each in one transaction. */
@NullMarked
package dev.ashlar.casserver.intake;

import org.jspecify.annotations.NullMarked;
