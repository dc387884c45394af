/** A PostgreSQL server as our own child process, its files inside the data folder. */
@NullMarked
package dev.ashlar.metadata.postgres;

import org.jspecify.annotations.NullMarked;
