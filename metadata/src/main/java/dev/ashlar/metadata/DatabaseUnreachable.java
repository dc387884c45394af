package dev.ashlar.metadata;

/** The database does not answer, or refuses us; the message is a sentence for the operator. */
public final class DatabaseUnreachable extends RuntimeException {
  private static final long serialVersionUID = 1;

  DatabaseUnreachable(DatabaseConfig config, Throwable cause) {
    super(
        "The database %s cannot be used as %s: %s"
            .formatted(
                config.url(),
                config.user(),
                String.valueOf(cause.getMessage()).lines().findFirst().orElse("")),
        cause);
  }
}
