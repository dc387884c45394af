package dev.ashlar.web;

import java.io.IOException;

/** The client closed the connection in the middle of a request or of its reply. */
public final class ClientGoneException extends IOException {
  private static final long serialVersionUID = 1;

  ClientGoneException() {
    super("the client closed the connection");
  }

  ClientGoneException(Exception cause) {
    super("the client closed the connection", cause);
  }
}
