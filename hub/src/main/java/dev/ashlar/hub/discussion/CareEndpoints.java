package dev.ashlar.hub.discussion;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.access.Action;
import dev.ashlar.hub.git.GitRepositories;
import dev.ashlar.hub.repo.LoneFiles;
import dev.ashlar.hub.repo.PullRef;
import dev.ashlar.hub.repo.RepoDoor;
import dev.ashlar.hub.repo.RepoType;
import dev.ashlar.hub.tree.RefChanges;
import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.Holds;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Json;
import dev.ashlar.web.Reply;
import dev.ashlar.web.Routes;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.eclipse.jgit.lib.Constants;

/** Keeps discussions in order: pins, reactions, another base branch, and deleting one. */
public final class CareEndpoints {
  private static final Duration LAPSE = Duration.ofDays(7);

  private final GitRepositories git;
  private final DiscussionDoor discussions;
  private final Database database;
  private final Care care;
  private final LoneFiles.Search files;
  private final InstantSource clock;

  /** Changes discussions of the repositories behind the door. */
  public CareEndpoints(
      Database database,
      GitRepositories git,
      RepoDoor door,
      LoneFiles.Search files,
      InstantSource clock) {
    this.git = git;
    this.files = files;
    this.clock = clock;
    this.database = database;
    this.discussions = new DiscussionDoor(database, door);
    this.care = new Care(database, new Talk(database, clock));
  }

  /** Adds the routes of every repository type. */
  public void routes(Routes routes) {
    for (var type : RepoType.values()) {
      var base = "/api/" + type.plural() + "/{ns}/{name}/discussions/{num}";
      routes.delete(base, exchange -> delete(exchange, type));
      routes.post(base + "/pin", exchange -> pin(exchange, type));
      routes.post(base + "/changes-base", exchange -> rebase(exchange, type));
      var reaction = base + "/comment/{id}/reaction";
      routes.post(reaction, exchange -> react(exchange, type, true));
      routes.delete(reaction, exchange -> react(exchange, type, false));
    }
  }

  private void react(Exchange exchange, RepoType type, boolean isAdded) throws IOException {
    var call = discussions.enter(exchange, type, Action.DISCUSS);
    var id = Event.id(exchange.param("id"));
    if (id.isEmpty()) {
      throw new ProblemException(new Missing(Kind.COMMENT, exchange.param("id")));
    }
    var reaction = Texts.reaction(body(exchange).path("reaction"));
    var event = care.react(call.discussion(), id.get(), call.userId(), reaction, isAdded);
    exchange.send(Reply.json(200, Map.of("updatedComment", EventView.of(event))));
  }

  private void pin(Exchange exchange, RepoType type) throws IOException {
    var call = discussions.enter(exchange, type, Action.WRITE);
    var pinned = body(exchange).path("pinned");
    if (!pinned.isBoolean()) {
      throw new ProblemException(new Invalid("pinned", "it must be true or false"));
    }
    care.pin(call.repoId(), call.discussion(), call.userId(), pinned.asBoolean());
    exchange.send(Reply.json(200, Map.of("pinned", pinned.asBoolean())));
  }

  private void rebase(Exchange exchange, RepoType type) throws IOException {
    var call = discussions.enterToChange(exchange, type);
    var asked = body(exchange).path("base");
    if (!asked.isTextual() || asked.asText().isEmpty()) {
      throw new ProblemException(new Invalid("base", "the name of a branch is needed"));
    }
    var name = asked.asText();
    var ref = name.startsWith(Constants.R_HEADS) ? name : Constants.R_HEADS + name;
    try (var repo = git.open(call.repoId())) {
      if (ref.indexOf('\0') >= 0 || repo.exactRef(ref) == null) {
        throw new ProblemException(new Missing(Kind.REVISION, Texts.line(name)));
      }
    }
    var event = care.rebase(call.repoId(), call.discussion(), call.userId(), ref);
    exchange.send(Reply.json(200, Map.of("newBase", EventView.of(event))));
  }

  /**
   * The ref of a pull request goes in the same transaction, and the repository's lasting hold on
   * the large files that nothing else names becomes one like that of an upload: somebody may be
   * about to commit them.
   */
  private void delete(Exchange exchange, RepoType type) throws IOException {
    var call = discussions.enter(exchange, type, Action.MANAGE);
    long id = call.discussion().id();
    var ref = new PullRef(call.discussion().num()).name();
    try (var repo = git.open(call.repoId()).movedBy(call.userId())) {
      var old = call.discussion().pull().isEmpty() ? null : repo.exactRef(ref);
      if (old == null) {
        database.change(tx -> DiscussionRows.delete(tx, id));
      } else {
        var lone = files.find(call.repoId(), ref::equals);
        repo.whenPublished(
            tx -> {
              DiscussionRows.delete(tx, id);
              if (lone.isStillTrue(tx, call.repoId(), ref::equals)) {
                Holds.lapse(tx, call.repoId(), lone.oids(), clock.instant().plus(LAPSE));
              }
            });
        new RefChanges(repo, call.visit()).delete(ref, old.getObjectId());
      }
    }
    exchange.send(Reply.json(200, Map.of("deleted", true)));
  }

  private static JsonNode body(Exchange exchange) throws IOException {
    try (var in = exchange.body("the request", Limits.BODY_BYTES_MAX)) {
      return Json.tree(in);
    }
  }
}
