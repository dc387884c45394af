package dev.ashlar.casserver.config;

/** A setting that is unknown or has an impossible value; the message is one sentence for people. */
public final class BadConfiguration extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** A complaint in one sentence. */
  public BadConfiguration(String message) {
    super(message);
  }
}
