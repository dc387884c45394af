package dev.ashlar.hub.git;

import java.io.IOException;

/** A pack that is not taken; the message is a sentence for whoever pushed it. */
public final class RefusedPackException extends IOException {
  private static final long serialVersionUID = 1;

  /** Says why. */
  public RefusedPackException(String sentence) {
    super(sentence);
  }
}
