package dev.ashlar.hub.tree;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.ashlar.hub.access.Action;
import dev.ashlar.hub.repo.RepoType;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Reply;
import dev.ashlar.web.Routes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffEntry.ChangeType;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/**
 * Lists the files that differ between two revisions.
 *
 * <p>{@code a..b} compares a with b, {@code a...b} the commit where both histories part with b, and
 * a single revision is compared with its first parent.
 */
public final class CompareEndpoints {
  @JsonInclude(Include.NON_NULL)
  private record ChangeView(String path, @Nullable String oldPath, String status) {}

  private record Sides(Optional<RevCommit> before, RevCommit after) {}

  private final Door door;
  private final BlobShapes shapes;

  /** Answers from the repositories behind {@code door}. */
  public CompareEndpoints(Door door, BlobShapes shapes) {
    this.door = door;
    this.shapes = shapes;
  }

  /** Adds the routes of every repository type. */
  public void routes(Routes routes) {
    for (var type : RepoType.values()) {
      routes.get(
          "/api/" + type.plural() + "/{ns}/{name}/compare/{rest...}",
          exchange -> compare(exchange, type));
    }
  }

  private void compare(Exchange exchange, RepoType type) throws IOException {
    var visit = door.enter(exchange, type, Action.READ);
    try (var repo = door.open(visit)) {
      var revisions = new Revisions(repo, visit.repo().defaultBranch());
      var sides = sides(repo, revisions, exchange.param("rest"));
      var changes = new TreeChanges(repo).between(sides.before(), sides.after());
      if (!Queries.flag(exchange, "raw")) {
        exchange.send(commitOf(sides, Reply.json(200, views(changes))));
        return;
      }
      exchange.setHeader("X-Repo-Commit", sides.after().name());
      exchange.setHeader("Content-Type", "text/plain; charset=utf-8");
      try (var reader = repo.newObjectReader();
          var out = exchange.stream(200)) {
        var lines = new RawDiffLines(reader, visit.repo().id(), shapes);
        for (var change : changes) {
          out.write(lines.of(change).getBytes(StandardCharsets.UTF_8));
        }
      }
    }
  }

  private static Sides sides(Repository repo, Revisions revisions, String asked)
      throws IOException {
    int dots = asked.indexOf("..");
    if (dots < 0) {
      var after = revisions.require(asked).commit();
      return new Sides(parent(repo, after), after);
    }
    boolean isFromBase = asked.startsWith("...", dots);
    var before = revisions.require(asked.substring(0, dots)).commit();
    var after = revisions.require(asked.substring(dots + (isFromBase ? 3 : 2))).commit();
    return new Sides(
        isFromBase ? new TreeChanges(repo).mergeBase(before, after) : Optional.of(before), after);
  }

  private static Optional<RevCommit> parent(Repository repo, RevCommit commit) throws IOException {
    if (commit.getParentCount() == 0) {
      return Optional.empty();
    }
    try (var walk = new RevWalk(repo)) {
      return Optional.of(walk.parseCommit(commit.getParent(0)));
    }
  }

  private static Reply commitOf(Sides sides, Reply reply) {
    return reply.with("X-Repo-Commit", sides.after().name());
  }

  private static List<ChangeView> views(List<DiffEntry> changes) {
    return changes.stream().map(CompareEndpoints::view).toList();
  }

  private static ChangeView view(DiffEntry change) {
    var type = change.getChangeType();
    return new ChangeView(
        type == ChangeType.DELETE ? change.getOldPath() : change.getNewPath(),
        type == ChangeType.RENAME || type == ChangeType.COPY ? change.getOldPath() : null,
        type.name().toLowerCase(Locale.ROOT));
  }
}
