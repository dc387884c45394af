package dev.ashlar.hub.access;

import dev.ashlar.hub.org.Role;

/** What an action is about, with all that the decision depends on. */
public sealed interface Resource {
  /** A repository that does not exist. */
  record NoRepo(String name) implements Resource {}

  /**
   * A repository, and what its caller's user is to it; the token comes with the caller.
   *
   * @param type the word for its type
   */
  record OfRepo(
      long id,
      long namespaceId,
      String type,
      String name,
      Visibility visibility,
      Gate gate,
      boolean disabled,
      Role standing,
      boolean madeByCaller,
      Admission admission)
      implements Resource {}

  /**
   * A discussion or pull request: it belongs to its author, and otherwise to those who may write.
   */
  record OfDiscussion(OfRepo repo, boolean byCaller) implements Resource {}

  /** A namespace, and what the caller's user is in it; id 0 is one that does not exist. */
  record OfNamespace(long id, Role standing) implements Resource {}
}
