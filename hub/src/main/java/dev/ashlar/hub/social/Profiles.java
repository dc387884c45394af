package dev.ashlar.hub.social;

import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.account.Caller;
import dev.ashlar.hub.account.User;
import dev.ashlar.hub.account.Users;
import dev.ashlar.hub.org.Members;
import dev.ashlar.hub.org.Members.Member;
import dev.ashlar.hub.org.Membership;
import dev.ashlar.hub.org.Org;
import dev.ashlar.hub.org.Orgs;
import dev.ashlar.hub.repo.RepoType;
import dev.ashlar.hub.repo.Repos;
import dev.ashlar.hub.tree.Times;
import io.helidon.dbclient.DbExecute;
import java.util.LinkedHashMap;
import java.util.Map;

/** What others see of a user or an organisation. A user is no organisation, nor the reverse. */
final class Profiles {
  private Profiles() {}

  static User user(DbExecute db, String name) {
    return Users.byName(db, name)
        .orElseThrow(() -> new ProblemException(new Missing(Kind.USER, name)));
  }

  static Org org(DbExecute db, String name) {
    return Orgs.find(db, name).orElseThrow(() -> new ProblemException(new Missing(Kind.ORG, name)));
  }

  /** Counts are of what the caller may see. */
  static Map<String, Object> ofUser(DbExecute db, Caller caller, String name) {
    var user = user(db, name);
    var answer = new LinkedHashMap<String, Object>();
    answer.put("_id", Shapes.hexId(user.id()));
    answer.put("user", user.name());
    answer.put("fullname", Shapes.fullName(user));
    answer.put("avatarUrl", Shapes.avatarOfUser(user.name()));
    answer.put("type", "user");
    answer.put("isPro", false);
    answer.put("isFollowing", false);
    answer.put("details", Users.details(db, user.id()));
    counts(answer, Repos.count(db, caller, user.id()));
    answer.put("numPapers", 0);
    answer.put("numUpvotes", 0);
    answer.put("numLikes", Likes.count(db, user.id()));
    answer.put("numFollowing", 0);
    answer.put("numFollowers", 0);
    answer.put("orgs", Orgs.of(db, user.id()).stream().map(Profiles::membership).toList());
    answer.put("createdAt", Times.text(user.createdAt()));
    return answer;
  }

  private static Map<String, Object> membership(Membership membership) {
    var org = membership.org();
    var answer = new LinkedHashMap<String, Object>();
    answer.put("name", org.name());
    answer.put("fullname", Shapes.fullName(org));
    answer.put("avatarUrl", Shapes.avatarOfOrg(org.name()));
    return answer;
  }

  static Map<String, Object> ofOrg(DbExecute db, Caller caller, String name) {
    var org = org(db, name);
    var answer = new LinkedHashMap<String, Object>();
    answer.put("_id", Shapes.hexId(org.id()));
    answer.put("name", org.name());
    answer.put("fullname", Shapes.fullName(org));
    answer.put("avatarUrl", Shapes.avatarOfOrg(org.name()));
    answer.put("type", "org");
    answer.put("details", Orgs.details(db, org.id()));
    answer.put("isVerified", false);
    answer.put("isFollowing", false);
    answer.put("isEnterprise", false);
    answer.put("numUsers", Members.count(db, org.id()));
    counts(answer, Repos.count(db, caller, org.id()));
    answer.put("numFollowers", 0);
    answer.put("numPapers", 0);
    return answer;
  }

  static Map<String, Object> ofMember(Member member) {
    var user = member.user();
    var answer = new LinkedHashMap<String, Object>();
    answer.put("_id", Shapes.hexId(user.id()));
    answer.put("user", user.name());
    answer.put("fullname", Shapes.fullName(user));
    answer.put("avatarUrl", Shapes.avatarOfUser(user.name()));
    answer.put("isPro", false);
    answer.put("type", "user");
    answer.put("role", member.role().word());
    return answer;
  }

  private static void counts(Map<String, Object> answer, Map<RepoType, Long> counts) {
    answer.put("numModels", counts.getOrDefault(RepoType.MODEL, 0L));
    answer.put("numDatasets", counts.getOrDefault(RepoType.DATASET, 0L));
    answer.put("numSpaces", counts.getOrDefault(RepoType.SPACE, 0L));
  }
}
