/** What the first bytes of model files say: how many parameters they hold, and of which kind. */
@NullMarked
package dev.ashlar.hub.weights;

import org.jspecify.annotations.NullMarked;
