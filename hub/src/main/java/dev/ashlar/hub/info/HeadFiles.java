package dev.ashlar.hub.info;

import dev.ashlar.hub.git.GitRepositories;
import dev.ashlar.hub.repo.Repo;
import dev.ashlar.hub.tree.BlobShapes;
import dev.ashlar.metadata.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevWalk;

/** Describes repositories at their heads, from what is stored; files are read when asked for. */
public final class HeadFiles {
  private final Database database;
  private final GitRepositories git;
  private final Siblings siblings;

  /** The heads of these repositories. */
  public HeadFiles(Database database, GitRepositories git, BlobShapes shapes) {
    this.database = database;
    this.git = git;
    this.siblings = new Siblings(shapes);
  }

  Fields fields(Repo repo) {
    return new Fields(
        repo, repo.headSha().orElse(null), repo.card(), database, () -> siblings(repo));
  }

  private List<Map<String, Object>> siblings(Repo repo) {
    if (repo.headSha().isEmpty()) {
      return List.of();
    }
    try (var repository = git.open(repo.id());
        var reader = repository.newObjectReader();
        var walk = new RevWalk(reader)) {
      var commit = walk.parseCommit(ObjectId.fromString(repo.headSha().get()));
      return siblings.of(reader, repo.id(), commit.getTree(), false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
