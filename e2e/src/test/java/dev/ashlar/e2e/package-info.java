/** The stack driven by real clients, and the rules of the house. */
@NullMarked
package dev.ashlar.e2e;

import org.jspecify.annotations.NullMarked;
