package dev.ashlar.core.xorb;

import java.io.IOException;

/** A stored xorb, which was right once, is not what we wrote. Its reader has done nothing wrong. */
public final class CorruptXorbException extends IOException {
  private static final long serialVersionUID = 1;

  /** A xorb whose fault is the sentence. */
  public CorruptXorbException(String reason) {
    super(reason);
  }
}
