/** The Helidon kit that every server shares: routing on raw paths, replies, problems, ranges. */
@NullMarked
package dev.ashlar.web;

import org.jspecify.annotations.NullMarked;
