/** Signed statements: Xet tokens, signed URLs, and the keys behind them. */
@NullMarked
package dev.ashlar.core.token;

import org.jspecify.annotations.NullMarked;
