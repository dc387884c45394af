package dev.ashlar.hub.tree;

import dev.ashlar.core.problem.Problem.OverLimit;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.access.Action;
import dev.ashlar.hub.repo.RepoType;
import dev.ashlar.hub.repo.Visit;
import dev.ashlar.hub.tree.TreeListing.Found;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Json;
import dev.ashlar.web.Reply;
import dev.ashlar.web.Routes;
import dev.ashlar.web.UrlText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;

/** Lists folders and describes single paths. */
public final class TreeEndpoints {
  private static final int PAGE_MAX = 1000;
  private static final int PATHS_MAX = 1000;
  private static final int PATHS_BODY_BYTES_MAX = 8 << 20;

  /** The paths that were asked for, from a form or from JSON. */
  private record Asked(Set<String> paths, boolean expand) {}

  private final Door door;
  private final TreeEntries entries;
  private final LastCommits lastCommits;

  /** Answers from the repositories behind {@code door}. */
  public TreeEndpoints(Door door, TreeEntries entries, LastCommits lastCommits) {
    this.door = door;
    this.entries = entries;
    this.lastCommits = lastCommits;
  }

  /** Adds the routes of every repository type. */
  public void routes(Routes routes) {
    for (var type : RepoType.values()) {
      var repo = "/api/" + type.plural() + "/{ns}/{name}";
      routes.get(repo + "/tree/{rest...}", exchange -> tree(exchange, type));
      routes.post(repo + "/paths-info/{rest...}", exchange -> pathsInfo(exchange, type));
    }
  }

  private void tree(Exchange exchange, RepoType type) throws IOException {
    var visit = door.enter(exchange, type, Action.READ);
    try (var repo = door.open(visit);
        var reader = repo.newObjectReader()) {
      var asked = RevisionPath.split(repo, exchange.rawParam("rest"));
      var revision = new Revisions(repo, visit.repo().defaultBranch()).require(asked.revision());
      exchange.setHeader("X-Repo-Commit", revision.commitId());
      var lookup = new TreeLookup(reader, revision.commit().getTree());
      var folder = lookup.find(asked.path()).filter(GitEntry::isFolder);
      if (folder.isEmpty()) {
        exchange.send(MissingEntry.reply(revision, asked.path()));
        return;
      }
      boolean expand = Queries.flag(exchange, "expand");
      var page =
          TreeListing.page(
              lookup,
              asked.path(),
              folder.get(),
              Queries.flag(exchange, "recursive"),
              Queries.number(exchange, "limit", 1, PAGE_MAX, PAGE_MAX),
              exchange.query("cursor").orElse(""));
      var commit = revision.commit();
      var answer =
          describe(
              reader,
              visit,
              page.entries(),
              expand,
              paths ->
                  lastCommits.ofFolders(
                      reader, visit.repo().id(), commit, commit.getTree(), paths));
      exchange.send(
          Reply.json(200, answer)
              .with(
                  "Link",
                  page.cursor().map(c -> next(exchange, visit, revision, asked, c)).orElse("")));
    }
  }

  /** The next page is of the same commit, whatever happens to the branch meanwhile. */
  private static String next(
      Exchange exchange, Visit visit, Revision revision, RevisionPath asked, String cursor) {
    var query = new StringBuilder();
    for (var pair : UrlText.parseQuery(exchange.rawQuery())) {
      if (!pair.getKey().equals("cursor")) {
        query.append(UrlText.encode(pair.getKey())).append('=');
        query.append(UrlText.encode(pair.getValue())).append('&');
      }
    }
    var path = asked.path().isEmpty() ? "" : "/" + UrlText.encodePath(asked.path());
    return "<%s/tree/%s%s?%scursor=%s>; rel=\"next\""
        .formatted(
            visit.repo().apiUrl(exchange.baseUrl(), ""), revision.commitId(), path, query, cursor);
  }

  private void pathsInfo(Exchange exchange, RepoType type) throws IOException {
    var visit = door.enter(exchange, type, Action.READ);
    var asked = asked(exchange);
    if (asked.paths().size() > PATHS_MAX) {
      throw new ProblemException(new OverLimit("the number of paths", PATHS_MAX));
    }
    try (var repo = door.open(visit);
        var reader = repo.newObjectReader()) {
      var revision = revision(repo, visit, exchange.param("rest"));
      exchange.setHeader("X-Repo-Commit", revision.commitId());
      var lookup = new TreeLookup(reader, revision.commit().getTree());
      var found = new ArrayList<Found>();
      for (var path : asked.paths()) {
        var plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        if (!plain.isEmpty()) {
          lookup.find(plain).ifPresent(entry -> found.add(new Found(plain, entry)));
        }
      }
      var answer =
          describe(
              reader,
              visit,
              found,
              asked.expand(),
              paths -> lastCommits.of(reader, visit.repo().id(), revision.commit(), paths));
      exchange.send(Reply.json(200, answer));
    }
  }

  private static Revision revision(Repository repo, Visit visit, String name) throws IOException {
    return new Revisions(repo, visit.repo().defaultBranch()).require(name);
  }

  private static Asked asked(Exchange exchange) throws IOException {
    var body = exchange.bodyBytes("the list of paths", PATHS_BODY_BYTES_MAX);
    Set<String> paths = new LinkedHashSet<>();
    if (exchange
        .header("Content-Type")
        .orElse("")
        .startsWith("application/x-www-form-urlencoded")) {
      boolean expand = false;
      for (var pair : UrlText.parseQuery(new String(body, StandardCharsets.UTF_8))) {
        switch (pair.getKey()) {
          case "paths" -> paths.add(pair.getValue());
          case "expand" -> expand = Queries.isTrue(pair.getValue());
          default -> {} // unknown fields are tolerated
        }
      }
      return new Asked(paths, expand);
    }
    var tree = Json.tree(new ByteArrayInputStream(body));
    tree.path("paths").forEach(path -> paths.add(path.asText()));
    return new Asked(paths, tree.path("expand").asBoolean(false));
  }

  private interface LastOnes {
    Map<String, TreeEntry.LastCommit> of(List<String> paths) throws IOException;
  }

  private List<TreeEntry> describe(
      ObjectReader reader, Visit visit, List<Found> found, boolean expand, LastOnes last)
      throws IOException {
    var described = entries.describe(reader, visit.repo().id(), found);
    if (!expand) {
      return described;
    }
    var commits = last.of(described.stream().map(TreeEntry::path).toList());
    return described.stream()
        .map(entry -> entry.withLastCommit(commits.get(entry.path())))
        .toList();
  }
}
