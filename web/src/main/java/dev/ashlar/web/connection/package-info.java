/**
 * What the server does below HTTP: it cuts off silent peers, bounds what a peer can make it buffer,
 * and closes a connection so that the last answer arrives.
 */
@NullMarked
package dev.ashlar.web.connection;

import org.jspecify.annotations.NullMarked;
