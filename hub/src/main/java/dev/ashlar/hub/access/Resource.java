package dev.ashlar.hub.access;

import dev.ashlar.hub.org.Role;

/** What an action is about, with all that the decision depends on. */
public sealed interface Resource {
  /** A repository that does not exist. */
  record NoRepo(String name) implements Resource {}

  /** A repository, and what the caller is to it. */
  record OfRepo(
      String name,
      Visibility visibility,
      Gate gate,
      boolean disabled,
      Role standing,
      boolean madeByCaller)
      implements Resource {}

  /**
   * A discussion or pull request: it belongs to its author, and otherwise to those who may write.
   */
  record OfDiscussion(OfRepo repo, boolean byCaller) implements Resource {}

  /** A namespace, existing or not, and what the caller is in it. */
  record OfNamespace(Role standing) implements Resource {}
}
