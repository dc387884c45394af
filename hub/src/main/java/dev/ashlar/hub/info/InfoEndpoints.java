package dev.ashlar.hub.info;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.hub.access.Action;
import dev.ashlar.hub.card.Cards;
import dev.ashlar.hub.git.GitRepositories;
import dev.ashlar.hub.repo.CardFacts;
import dev.ashlar.hub.repo.FileFacts;
import dev.ashlar.hub.repo.Repo;
import dev.ashlar.hub.repo.RepoDoor;
import dev.ashlar.hub.repo.RepoType;
import dev.ashlar.hub.tree.BlobShapes;
import dev.ashlar.hub.tree.Queries;
import dev.ashlar.hub.tree.Revisions;
import dev.ashlar.metadata.Database;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Reply;
import dev.ashlar.web.Routes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;

/** Describes one repository at its head or at a named revision. */
public final class InfoEndpoints {
  private final Database database;
  private final GitRepositories git;
  private final RepoDoor door;
  private final HeadFiles heads;
  private final Siblings siblings;

  /** Describes the repositories of this database. */
  public InfoEndpoints(
      Database database, GitRepositories git, RepoDoor door, BlobShapes shapes, HeadFiles heads) {
    this.database = database;
    this.git = git;
    this.door = door;
    this.heads = heads;
    this.siblings = new Siblings(shapes);
  }

  /** Adds the routes. */
  public void routes(Routes routes) {
    for (var type : RepoType.values()) {
      var base = "/api/" + type.plural() + "/{ns}/{name}";
      routes.get(base, exchange -> info(exchange, type, Optional.empty()));
      routes.get(
          base + "/revision/{rev...}",
          exchange -> info(exchange, type, Optional.of(exchange.param("rev"))));
    }
    routes.get("/api/spaces/{ns}/{name}/runtime", this::runtime);
  }

  private void runtime(Exchange exchange) {
    door.enter(exchange, RepoType.SPACE, Action.READ);
    exchange.send(Reply.json(200, SpaceRuntime.NONE));
  }

  private void info(Exchange exchange, RepoType type, Optional<String> revision)
      throws IOException {
    var repo = door.enter(exchange, type, Action.READ).repo();
    var expand = Expand.of(exchange, type);
    try (var repository = git.open(repo.id());
        var reader = repository.newObjectReader()) {
      var revisions = new Revisions(repository, repo.defaultBranch());
      var found =
          revision.isPresent()
              ? Optional.of(revisions.require(revision.get()))
              : revisions.find("HEAD");
      var commit = found.map(there -> there.commit());
      boolean withBlobs = Queries.flag(exchange, "blobs");
      var fields =
          new Fields(
              repo,
              commit.map(RevCommit::name).orElse(null),
              card(repo, commit, reader),
              new Fields.Sources(
                  () -> files(repo, commit, reader, withBlobs),
                  () -> facts(repo, commit, reader),
                  () -> heads.storage().of(repo),
                  () -> heads.children(repo)));
      exchange.send(Reply.json(200, answer(exchange, fields, expand)));
    }
  }

  private static Map<String, Object> answer(Exchange exchange, Fields fields, Set<String> expand) {
    if (!expand.isEmpty()) {
      return fields.named(expand);
    }
    var answer = fields.answer();
    if (Queries.flag(exchange, "securityStatus")) {
      answer.put("securityRepoStatus", Map.of("scansDone", true, "filesWithIssues", List.of()));
    }
    return answer;
  }

  private static boolean isHead(Repo repo, Optional<RevCommit> commit) {
    return commit.isEmpty() || repo.headSha().equals(commit.map(RevCommit::name));
  }

  /** The same for the other files; headers of weights are known of the head alone. */
  private JsonNode facts(Repo repo, Optional<RevCommit> commit, ObjectReader reader) {
    if (isHead(repo, commit)) {
      var stored = database.read(db -> FileFacts.find(db, List.of(repo.id())));
      return StoredJson.parse(stored.getOrDefault(repo.id(), "{}"));
    }
    try {
      return Cards.configFacts(Cards.rootFiles(reader, commit.orElseThrow().getTree()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The card of the head is stored; that of another revision is read. */
  private static CardFacts card(Repo repo, Optional<RevCommit> commit, ObjectReader reader)
      throws IOException {
    if (isHead(repo, commit)) {
      return repo.card();
    }
    return Cards.facts(repo.type(), Cards.rootFiles(reader, commit.orElseThrow().getTree()));
  }

  private List<Map<String, Object>> files(
      Repo repo, Optional<RevCommit> commit, ObjectReader reader, boolean withBlobs) {
    if (commit.isEmpty()) {
      return List.of();
    }
    try {
      return siblings.of(reader, repo.id(), commit.get().getTree(), withBlobs);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
