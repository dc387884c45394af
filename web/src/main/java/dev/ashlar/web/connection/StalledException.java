package dev.ashlar.web.connection;

/** The client stopped sending in the middle of a body. */
public final class StalledException extends RuntimeException {
  private static final long serialVersionUID = 1;

  StalledException(String message) {
    super(message);
  }
}
