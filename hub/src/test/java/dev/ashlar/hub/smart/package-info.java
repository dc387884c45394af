@NullMarked
package dev.ashlar.hub.smart;

import org.jspecify.annotations.NullMarked;
