/** People as others see them: who somebody is, profiles, likes and downloads. */
@NullMarked
package dev.ashlar.hub.social;

import org.jspecify.annotations.NullMarked;
