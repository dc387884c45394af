package dev.ashlar.hub.social;

import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.account.User;
import dev.ashlar.hub.org.Org;
import dev.ashlar.hub.org.Role;

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

  /** The role of a word that somebody asks for; other hubs call two of them otherwise. */
  static Role role(String word) {
    return switch (word) {
      case "read", "visitor" -> Role.READ;
      case "contributor" -> Role.CONTRIBUTOR;
      case "write", "member" -> Role.WRITE;
      case "admin" -> Role.ADMIN;
      default ->
          throw new ProblemException(
              new Invalid("role", "it must be read, contributor, write or admin"));
    };
  }
}
