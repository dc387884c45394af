package dev.ashlar.hub.tree;

import static org.eclipse.jgit.lib.Constants.R_HEADS;
import static org.eclipse.jgit.lib.Constants.R_TAGS;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Problem.Forbidden;
import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.Problem.Taken;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.access.Action;
import dev.ashlar.hub.repo.RepoType;
import dev.ashlar.hub.repo.Visit;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Json;
import dev.ashlar.web.Reply;
import dev.ashlar.web.Routes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;

/** Lists, makes and deletes branches and tags. */
public final class RefEndpoints {
  private static final int BODY_BYTES_MAX = 1 << 20;

  /** A ref as clients read it. */
  private record RefView(String name, String ref, String targetCommit) {}

  private final Door door;
  private final CommitFiles files;

  /** Works on the repositories behind {@code door}. */
  public RefEndpoints(Door door, CommitFiles files) {
    this.door = door;
    this.files = files;
  }

  /** Adds the routes of every repository type. */
  public void routes(Routes routes) {
    for (var type : RepoType.values()) {
      var repo = "/api/" + type.plural() + "/{ns}/{name}";
      routes.get(repo + "/refs", exchange -> list(exchange, type));
      routes.post(repo + "/branch/{rest...}", exchange -> createBranch(exchange, type));
      routes.delete(repo + "/branch/{rest...}", exchange -> deleteBranch(exchange, type));
      routes.post(repo + "/tag/{rest...}", exchange -> createTag(exchange, type));
      routes.delete(repo + "/tag/{rest...}", exchange -> deleteTag(exchange, type));
      routes.post(repo + "/super-squash/{rest...}", exchange -> squash(exchange, type));
    }
  }

  private void list(Exchange exchange, RepoType type) throws IOException {
    var visit = door.enter(exchange, type, Action.READ);
    try (var repo = door.open(visit)) {
      var main = R_HEADS + visit.repo().defaultBranch();
      var branches = new ArrayList<>(views(repo, R_HEADS));
      branches.sort(Comparator.comparing((RefView view) -> !view.ref().equals(main)));
      var pulls =
          Queries.flag(exchange, "include_prs") ? views(repo, "refs/pr/") : List.<RefView>of();
      exchange.send(
          Reply.json(
              200,
              Map.of(
                  "branches",
                  branches,
                  "converts",
                  views(repo, "refs/convert/"),
                  "tags",
                  views(repo, R_TAGS),
                  "pullRequests",
                  pulls)));
    }
  }

  private static List<RefView> views(Repository repo, String prefix) throws IOException {
    var views = new ArrayList<RefView>();
    for (var ref : repo.getRefDatabase().getRefsByPrefix(prefix)) {
      target(repo, ref)
          .ifPresent(
              id ->
                  views.add(
                      new RefView(
                          ref.getName().substring(prefix.length()), ref.getName(), id.name())));
    }
    views.sort(Comparator.comparing(RefView::name));
    return views;
  }

  private static Optional<ObjectId> target(Repository repo, Ref ref) throws IOException {
    var peeled = repo.getRefDatabase().peel(ref);
    return Optional.ofNullable(
        peeled.getPeeledObjectId() == null ? peeled.getObjectId() : peeled.getPeeledObjectId());
  }

  private void createBranch(Exchange exchange, RepoType type) throws IOException {
    var visit = door.enter(exchange, type, Action.WRITE);
    var name = exchange.param("rest");
    var ref = R_HEADS + checked(name, "branch");
    var body = body(exchange);
    try (var repo = door.open(visit)) {
      var changes = new RefChanges(repo, visit);
      var old =
          Optional.ofNullable(repo.exactRef(ref))
              .flatMap(r -> Optional.ofNullable(r.getObjectId()));
      if (old.isPresent() && !body.path("overwrite").asBoolean(false)) {
        throw new ProblemException(new Taken(Kind.REVISION, ref));
      }
      var target =
          body.path("emptyBranch").asBoolean(false)
              ? changes.emptyCommit("Initial commit")
              : named(repo, visit, body.path("startingPoint").asText(visit.repo().defaultBranch()));
      changes.move(ref, old.orElse(ObjectId.zeroId()), target);
      exchange.send(Reply.json(200, Map.of()));
    }
  }

  /** A commit that a branch or a tag is to name, its large files kept with that. */
  private ObjectId named(Repository repo, Visit visit, String name) throws IOException {
    var revision = new Revisions(repo, visit.repo().defaultBranch()).require(name);
    files.require(repo, visit.repo().id(), revision);
    return revision.commit();
  }

  private void deleteBranch(Exchange exchange, RepoType type) throws IOException {
    var visit = door.enter(exchange, type, Action.WRITE);
    var name = exchange.param("rest");
    if (name.equals(visit.repo().defaultBranch())) {
      throw new ProblemException(
          new Forbidden("Cannot delete " + R_HEADS + name + ": it is the default branch"));
    }
    delete(exchange, visit, R_HEADS, name);
  }

  private void createTag(Exchange exchange, RepoType type) throws IOException {
    var visit = door.enter(exchange, type, Action.WRITE);
    var body = body(exchange);
    var name = body.path("tag").asText("");
    var ref = R_TAGS + checked(name, "tag");
    try (var repo = door.open(visit)) {
      var commit = named(repo, visit, exchange.param("rest"));
      if (repo.exactRef(ref) != null) {
        throw new ProblemException(new Taken(Kind.REVISION, ref));
      }
      var message = body.path("message").asText("");
      var changes = new RefChanges(repo, visit);
      var target = message.isEmpty() ? commit : changes.annotation(name, commit, message);
      changes.move(ref, ObjectId.zeroId(), target);
      exchange.send(Reply.json(200, Map.of()));
    }
  }

  private void deleteTag(Exchange exchange, RepoType type) throws IOException {
    delete(exchange, door.enter(exchange, type, Action.WRITE), R_TAGS, exchange.param("rest"));
  }

  private void delete(Exchange exchange, Visit visit, String prefix, String name)
      throws IOException {
    try (var repo = door.open(visit)) {
      var ref = Repository.isValidRefName(prefix + name) ? repo.exactRef(prefix + name) : null;
      var old = ref == null ? null : ref.getObjectId();
      if (old == null) {
        throw Revisions.missing(name);
      }
      new RefChanges(repo, visit).delete(prefix + name, old);
      exchange.send(Reply.json(200, Map.of()));
    }
  }

  /** Replaces the history of a branch by one commit with the same tree. */
  private void squash(Exchange exchange, RepoType type) throws IOException {
    var asked = exchange.param("rest");
    var visit = door.enterToChange(exchange, type, asked);
    var message = body(exchange).path("message").asText("");
    try (var repo = door.open(visit)) {
      var revision = new Revisions(repo, visit.repo().defaultBranch()).require(asked);
      var ref =
          revision
              .ref()
              .filter(name -> !name.startsWith(R_TAGS))
              .orElseThrow(() -> Revisions.missing(revision.asked()));
      var changes = new RefChanges(repo, visit);
      var title = message.isEmpty() ? "Super-squash branch '" + revision.asked() + "'" : message;
      changes.move(ref, revision.commit(), changes.orphan(revision.commit().getTree(), title));
      exchange.send(Reply.json(200, Map.of()));
    }
  }

  private static JsonNode body(Exchange exchange) throws IOException {
    try (var in = exchange.body("the request", BODY_BYTES_MAX)) {
      return Json.tree(in);
    }
  }

  private static String checked(String name, String what) {
    if (!RefNames.isPlain(name)) {
      throw new ProblemException(new Invalid("Invalid reference for a " + what, "'" + name + "'"));
    }
    return name;
  }
}
