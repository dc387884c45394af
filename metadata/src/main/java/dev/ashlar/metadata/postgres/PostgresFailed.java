package dev.ashlar.metadata.postgres;

import org.jspecify.annotations.Nullable;

/** The embedded PostgreSQL cannot run; the message is a sentence for the operator. */
public final class PostgresFailed extends RuntimeException {
  private static final long serialVersionUID = 1;

  PostgresFailed(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }

  PostgresFailed(String sentence) {
    this(sentence, null);
  }
}
