package dev.ashlar.hub.social;

import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.access.Action;
import dev.ashlar.hub.account.Authenticator;
import dev.ashlar.hub.account.User;
import dev.ashlar.hub.account.Users;
import dev.ashlar.hub.org.IdPages;
import dev.ashlar.hub.repo.Repo;
import dev.ashlar.hub.repo.RepoDoor;
import dev.ashlar.hub.repo.RepoRights;
import dev.ashlar.hub.repo.RepoType;
import dev.ashlar.hub.repo.Repos;
import dev.ashlar.hub.social.Likes.Liked;
import dev.ashlar.hub.social.Likes.Liker;
import dev.ashlar.hub.tree.Times;
import dev.ashlar.metadata.Database;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Reply;
import dev.ashlar.web.Routes;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Likes of repositories, who gave them, and what somebody likes. */
public final class LikeEndpoints {
  private final Database database;
  private final Authenticator authenticator;
  private final RepoDoor door;
  private final InstantSource clock;

  /** Likes of the repositories behind the door. */
  public LikeEndpoints(
      Database database, Authenticator authenticator, RepoDoor door, InstantSource clock) {
    this.database = database;
    this.authenticator = authenticator;
    this.door = door;
    this.clock = clock;
  }

  /** Adds the routes. */
  public void routes(Routes routes) {
    for (var type : RepoType.values()) {
      var base = "/api/" + type.plural() + "/{ns}/{name}/";
      routes.post(base + "like", exchange -> change(exchange, type, true));
      routes.delete(base + "like", exchange -> change(exchange, type, false));
      routes.get(base + "like", exchange -> isLiked(exchange, type));
      routes.get(base + "likers", exchange -> likers(exchange, type));
    }
    routes.get("/api/users/{user}/likes", this::likes);
  }

  private void change(Exchange exchange, RepoType type, boolean likes) {
    var visit = door.enter(exchange, type, Action.DISCUSS);
    long repoId = visit.repo().id();
    long userId = visit.caller().id();
    var now = clock.instant();
    long count =
        database.<Long>transact(
            tx -> likes ? Likes.add(tx, repoId, userId, now) : Likes.remove(tx, repoId, userId));
    exchange.send(Reply.json(200, Map.of("success", true, "liked", likes, "likes_count", count)));
  }

  private void isLiked(Exchange exchange, RepoType type) {
    var visit = door.enter(exchange, type, Action.READ);
    boolean liked =
        database.<Boolean>read(db -> Likes.isLiked(db, visit.repo().id(), visit.caller().id()));
    exchange.send(Reply.json(200, Map.of("liked", liked)));
  }

  private void likers(Exchange exchange, RepoType type) {
    var repo = door.enter(exchange, type, Action.READ).repo();
    var page = IdPages.of(exchange);
    var found = database.read(db -> Likes.likers(db, repo.id(), page.before(), page.rows()));
    exchange.send(
        page.reply(found, Liker::id, LikeEndpoints::liker)
            .with("X-Total-Count", Long.toString(repo.likes())));
  }

  private static Map<String, Object> liker(Liker liker) {
    var fullName = liker.fullName().isEmpty() ? liker.user() : liker.fullName();
    var answer = new LinkedHashMap<String, Object>();
    answer.put("user", liker.user());
    answer.put("fullname", fullName);
    answer.put("avatarUrl", Shapes.avatarOfUser(liker.user()));
    answer.put("username", liker.user());
    answer.put("full_name", fullName);
    answer.put("likedAt", Times.text(liker.likedAt()));
    return answer;
  }

  private void likes(Exchange exchange) {
    var caller = authenticator.caller(exchange);
    var page = IdPages.of(exchange);
    var name = exchange.param("user");
    var user =
        database
            .<Optional<User>>read(db -> Users.byName(db, name))
            .orElseThrow(() -> new ProblemException(new Missing(Kind.USER, name)));
    var found = database.read(db -> Likes.of(db, user.id(), page.before(), page.rows()));
    var visible = new HashMap<Long, Repo>();
    database.change(
        db ->
            RepoRights.allowed(db, caller, Action.READ, found.stream().map(Liked::repoId).toList())
                .forEach(id -> Repos.byId(db, id).ifPresent(repo -> visible.put(id, repo))));
    exchange.send(
        page.reply(
                found,
                Liked::id,
                liked -> visible.containsKey(liked.repoId()),
                liked -> liked(liked, Objects.requireNonNull(visible.get(liked.repoId()))))
            .with("X-Total-Count", Long.toString(database.read(db -> Likes.count(db, user.id())))));
  }

  private static Map<String, Object> liked(Liked liked, Repo repo) {
    var answer = new LinkedHashMap<String, Object>();
    answer.put("createdAt", Times.text(liked.likedAt()));
    answer.put("repo", Map.of("name", repo.fullName(), "type", repo.type().word()));
    answer.put("likes", repo.likes());
    return answer;
  }
}
