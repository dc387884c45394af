/** What a stored file is made of: terms over ranges of chunks. */
@NullMarked
package dev.ashlar.core.manifest;

import org.jspecify.annotations.NullMarked;
