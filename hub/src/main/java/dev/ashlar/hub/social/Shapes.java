package dev.ashlar.hub.social;

import dev.ashlar.hub.account.User;
import dev.ashlar.hub.org.Org;

/** What answers about people and organisations have in common. */
final class Shapes {
  private Shapes() {}

  /** The 24 hex digits that clients read as an id. */
  static String hexId(long id) {
    return "%024x".formatted(id);
  }

  static String fullName(User user) {
    return user.fullName().isEmpty() ? user.name() : user.fullName();
  }

  static String fullName(Org org) {
    return org.fullName().isEmpty() ? org.name() : org.fullName();
  }

  static String avatarOfUser(String name) {
    return "/api/users/" + name + "/avatar";
  }

  static String avatarOfOrg(String name) {
    return "/api/organizations/" + name + "/avatar";
  }
}
