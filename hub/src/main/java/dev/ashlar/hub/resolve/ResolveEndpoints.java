package dev.ashlar.hub.resolve;

import dev.ashlar.hub.access.Action;
import dev.ashlar.hub.repo.RepoType;
import dev.ashlar.hub.repo.Visit;
import dev.ashlar.hub.social.DownloadWatcher;
import dev.ashlar.hub.tree.BlobShapes;
import dev.ashlar.hub.tree.Door;
import dev.ashlar.hub.tree.GitEntry;
import dev.ashlar.hub.tree.HeldFiles;
import dev.ashlar.hub.tree.HeldFiles.HeldFile;
import dev.ashlar.hub.tree.MissingEntry;
import dev.ashlar.hub.tree.RevisionPath;
import dev.ashlar.hub.tree.Revisions;
import dev.ashlar.hub.tree.TreeLookup;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Routes;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectReader;

/** Serves the files of a revision. */
public final class ResolveEndpoints {
  private final Door door;
  private final HeldFiles held;
  private final BlobShapes shapes;
  private final DownloadUrls urls;
  private final DownloadWatcher watcher;

  /** Serves from the repositories behind {@code door}. */
  public ResolveEndpoints(
      Door door, HeldFiles held, BlobShapes shapes, DownloadUrls urls, DownloadWatcher watcher) {
    this.watcher = watcher;
    this.door = door;
    this.held = held;
    this.shapes = shapes;
    this.urls = urls;
  }

  /** Adds the routes of every repository type; HEAD goes the same way as GET. */
  public void routes(Routes routes) {
    for (var type : RepoType.values()) {
      var prefixes = type == RepoType.MODEL ? List.of("", "/models") : List.of("/" + type.plural());
      for (var prefix : prefixes) {
        var repo = prefix + "/{ns}/{name}";
        routes.get(repo + "/resolve/{rest...}", exchange -> serve(exchange, type, true));
        routes.get(repo + "/raw/{rest...}", exchange -> serve(exchange, type, false));
      }
      routes.get(
          "/api/resolve-cache/" + type.plural() + "/{ns}/{name}/{rest...}",
          exchange -> serve(exchange, type, true));
    }
  }

  private void serve(Exchange exchange, RepoType type, boolean followsPointer) throws IOException {
    var visit = door.enter(exchange, type, Action.DOWNLOAD);
    try (var repo = door.open(visit);
        var reader = repo.newObjectReader()) {
      var asked = RevisionPath.split(repo, exchange.rawParam("rest"));
      var revision = new Revisions(repo, visit.repo().defaultBranch()).require(asked.revision());
      var entry =
          new TreeLookup(reader, revision.commit().getTree())
              .find(asked.path())
              .filter(GitEntry::isFile);
      if (entry.isEmpty()) {
        exchange.send(MissingEntry.reply(revision, asked.path()));
        return;
      }
      var file =
          file(reader, visit, revision.commitId(), asked.path(), entry.get(), followsPointer);
      if (file.isLost()) {
        exchange.send(MissingEntry.lost(asked.path(), file.etag()));
        return;
      }
      exchange.setHeader("X-Repo-Commit", revision.commitId());
      watcher.downloaded(exchange, visit);
      new FileAnswer(exchange, file, urls).send(reader);
    }
  }

  private ResolvedFile file(
      ObjectReader reader,
      Visit visit,
      String commit,
      String path,
      GitEntry entry,
      boolean followsPointer)
      throws IOException {
    var shape = shapes.of(reader, visit.repo().id(), entry.id());
    if (!followsPointer || shape.pointer().isEmpty()) {
      return new ResolvedFile(
          visit,
          commit,
          path,
          entry.id(),
          shape.bytes(),
          entry.id().name(),
          false,
          Optional.empty());
    }
    var pointer = shape.pointer().get();
    var stored =
        Optional.ofNullable(held.find(visit.repo().id(), List.of(pointer.oid())).get(pointer.oid()))
            .filter(found -> found.bytes() == pointer.bytes());
    return new ResolvedFile(
        visit,
        commit,
        path,
        entry.id(),
        pointer.bytes(),
        pointer.oid().toString(),
        true,
        stored.map(HeldFile::hash));
  }
}
