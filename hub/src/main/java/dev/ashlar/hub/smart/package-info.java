/** Git's smart HTTP protocol: clone, fetch and push with the stock client. */
@NullMarked
package dev.ashlar.hub.smart;

import org.jspecify.annotations.NullMarked;
