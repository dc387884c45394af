/** What is known of the dedup index without asking the database. */
@NullMarked
package dev.ashlar.casserver.dedup;

import org.jspecify.annotations.NullMarked;
