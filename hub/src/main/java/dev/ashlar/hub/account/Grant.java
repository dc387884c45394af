package dev.ashlar.hub.account;

/** One place that a fine-grained token is for, by its id. */
public record Grant(Place place, long id, Reach reach) {
  /** What kind of place an id names. */
  public enum Place {
    /** A user or an organisation with all its repositories, those to come included. */
    NAMESPACE,
    /** One repository. */
    REPO
  }

  public Grant {
    if (reach == Reach.NONE) {
      throw new IllegalArgumentException("a grant reaches somewhere");
    }
  }
}
