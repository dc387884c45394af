package dev.ashlar.hub.info;

import dev.ashlar.hub.git.GitRepositories;
import dev.ashlar.hub.repo.FileFacts;
import dev.ashlar.hub.repo.Repo;
import dev.ashlar.hub.repo.Repos;
import dev.ashlar.metadata.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/** Describes repositories at their heads, from what is stored; files are read when asked for. */
public final class HeadFiles {
  private final Database database;
  private final GitRepositories git;
  private final UsedStorage storage;

  /** The heads of these repositories. */
  public HeadFiles(Database database, GitRepositories git) {
    this.database = database;
    this.git = git;
    this.storage = new UsedStorage(database);
  }

  UsedStorage storage() {
    return storage;
  }

  /**
   * Describes the repositories of a page; what is asked of several is read at once. Files for which
   * the page has no room are left out.
   */
  List<Fields> fields(List<Repo> repos, PageRoom room) {
    Supplier<Map<Long, String>> facts = once(() -> facts(repos));
    Supplier<Map<Long, Long>> used = once(() -> storage.of(repos));
    return repos.stream()
        .map(
            repo ->
                new Fields(
                    repo,
                    repo.headSha().orElse(null),
                    repo.card(),
                    new Fields.Sources(
                        () -> siblings(repo, room),
                        () -> StoredJson.parse(facts.get().getOrDefault(repo.id(), "{}")),
                        () -> used.get().getOrDefault(repo.id(), 0L),
                        () -> children(repo))))
        .toList();
  }

  private Map<Long, String> facts(List<Repo> repos) {
    return database.read(db -> FileFacts.find(db, repos.stream().map(Repo::id).toList()));
  }

  /** How many public models say that they are made from this one. */
  long children(Repo repo) {
    return database.read(db -> Repos.countTagged(db, repo.type(), "base_model:" + repo.fullName()));
  }

  private static <T> Supplier<T> once(Supplier<T> supplier) {
    var held = new ArrayList<T>(1);
    return () -> {
      if (held.isEmpty()) {
        held.add(supplier.get());
      }
      return held.getFirst();
    };
  }

  private @Nullable Object siblings(Repo repo, PageRoom room) {
    if (repo.headSha().isEmpty()) {
      return List.of();
    }
    try (var repository = git.open(repo.id());
        var reader = repository.newObjectReader();
        var walk = new RevWalk(reader)) {
      var commit = walk.parseCommit(ObjectId.fromString(repo.headSha().get()));
      return Siblings.names(reader, commit.getTree(), room).orElse(null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
