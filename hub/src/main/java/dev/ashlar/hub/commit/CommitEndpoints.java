package dev.ashlar.hub.commit;

import dev.ashlar.hub.access.Action;
import dev.ashlar.hub.discussion.Proposals;
import dev.ashlar.hub.repo.PullRef;
import dev.ashlar.hub.repo.RepoType;
import dev.ashlar.hub.repo.Visit;
import dev.ashlar.hub.tree.BlobShapes;
import dev.ashlar.hub.tree.Door;
import dev.ashlar.hub.tree.HeldFiles;
import dev.ashlar.hub.tree.Queries;
import dev.ashlar.hub.tree.Revisions;
import dev.ashlar.objectstore.Staging;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Reply;
import dev.ashlar.web.Routes;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

/** Makes one Git commit of the operations in a request. */
public final class CommitEndpoints {
  private final Door door;
  private final Proposals proposals;
  private final HeldFiles held;
  private final BlobShapes shapes;
  private final LargeFileIntake intake;
  private final Staging staging;
  private final CommitLimits limits;

  /** Commits to the repositories behind {@code door}. */
  public CommitEndpoints(
      Door door,
      Proposals proposals,
      HeldFiles held,
      BlobShapes shapes,
      LargeFileIntake intake,
      Staging staging,
      CommitLimits limits) {
    this.door = door;
    this.proposals = proposals;
    this.held = held;
    this.shapes = shapes;
    this.intake = intake;
    this.staging = staging;
    this.limits = limits;
  }

  /** Adds the routes of every repository type. */
  public void routes(Routes routes) {
    for (var type : RepoType.values()) {
      routes.post(
          "/api/" + type.plural() + "/{ns}/{name}/commit/{rest...}",
          exchange -> commit(exchange, type));
    }
  }

  private void commit(Exchange exchange, RepoType type) throws IOException {
    boolean isPull = Queries.flag(exchange, "create_pr");
    var revision = exchange.param("rest");
    var visit =
        isPull
            ? door.enter(exchange, type, Action.PROPOSE)
            : door.enterToChange(exchange, type, revision);
    try (var repo = door.open(visit);
        var reader = repo.newObjectReader();
        var inserter = repo.newObjectInserter();
        var body = exchange.body("the commit", limits.bodyBytesMax())) {
      var ref = branch(repo, visit, revision);
      var pull =
          new NewPullTarget(repo, visit, proposals, isPull ? onlyBranch(ref, revision) : ref);
      var target = isPull ? pull : new RefTarget(repo, visit, ref);
      var writer = new CommitWriter(repo, held, inserter, visit, target);
      var lines = new CommitReader(body, limits, staging);
      var header = lines.header();
      CommitWriter.requireParent(header, target.head(header));
      var store =
          new CommitStore(repo, reader, inserter, visit, ref, intake, shapes, limits.lfsBytesMin());
      var operations = lines.operations(store);
      var named = CommitPlan.named(operations);
      var plan =
          CommitPlan.of(
              operations, named.isEmpty() ? Map.of() : held.find(visit.repo().id(), named));
      if (!plan.files().isEmpty()) {
        boolean isProposed = isPull || PullRef.of(ref).isPresent();
        held.keep(repo, visit.repo().id(), plan.files(), isProposed);
      }
      send(exchange, visit, writer.write(header, plan), pull.number());
    }
  }

  /** The full name of the branch or pull request; tags and commit ids are none. */
  private static String branch(Repository repo, Visit visit, String revision) throws IOException {
    var ref = new Revisions(repo, visit.repo().defaultBranch()).ref(revision);
    if (ref.isEmpty() && revision.equals(visit.repo().defaultBranch())) {
      return Constants.R_HEADS + revision; // its first commit
    }
    return ref.map(found -> found.getName())
        .filter(name -> !name.startsWith(Constants.R_TAGS))
        .orElseThrow(() -> Revisions.missing(revision));
  }

  /** Pull requests are for branches alone. */
  private static String onlyBranch(String ref, String revision) {
    if (!ref.startsWith(Constants.R_HEADS)) {
      throw Revisions.missing(revision);
    }
    return ref;
  }

  private static void send(Exchange exchange, Visit visit, ObjectId commit, OptionalInt pull) {
    var url = visit.repo().url(exchange.baseUrl());
    var answer = new LinkedHashMap<String, Object>();
    answer.put("success", true);
    answer.put("commitOid", commit.name());
    answer.put("commitUrl", url + "/commit/" + commit.name());
    answer.put("hookOutput", "");
    answer.put("pullRequestUrl", pull.isPresent() ? url + "/discussions/" + pull.getAsInt() : null);
    exchange.send(Reply.json(200, answer));
  }
}
