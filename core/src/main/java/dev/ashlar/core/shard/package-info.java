/** The Xet metadata file that tells which terms make a file and which chunks a xorb has. */
@NullMarked
package dev.ashlar.core.shard;

import org.jspecify.annotations.NullMarked;
