/** What an operator may set, read once at start. */
@NullMarked
package dev.ashlar.casserver.config;

import org.jspecify.annotations.NullMarked;
