package dev.ashlar.hub.lfs;

import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.Problem.OverLimit;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.access.Action;
import dev.ashlar.hub.account.Authenticator;
import dev.ashlar.hub.git.GitRepositories;
import dev.ashlar.hub.repo.RepoDoor;
import dev.ashlar.hub.repo.RepoType;
import dev.ashlar.hub.repo.Visit;
import dev.ashlar.hub.tree.BlobShapes;
import dev.ashlar.hub.tree.Queries;
import dev.ashlar.metadata.Database;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Json;
import dev.ashlar.web.Reply;
import dev.ashlar.web.Routes;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lists the LFS objects of a repository, removes them for good, and lends them to another one. */
public final class LfsFileEndpoints {
  private static final int PAGE_MAX = 1000;
  private static final int DELETIONS_MAX = 10_000;
  private static final int BODY_BYTES_MAX = 4 << 20;
  private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{64}");

  /** An object as clients read it. */
  private record View(
      String fileOid, String filename, String oid, String pushedAt, String ref, long size) {
    static View of(LfsFile file) {
      var oid = file.oid().toString();
      return new View(
          oid, file.filename(), oid, file.pushedAt().toString(), file.ref(), file.bytes());
    }
  }

  private record Removal(@Nullable Deletions deletions) {}

  private record Deletions(@Nullable List<String> sha, @Nullable Boolean rewriteHistory) {}

  private record Copies(@Nullable Target target, @Nullable List<LfsCopies.Asked> files) {}

  private record Target(@Nullable String type, @Nullable String name) {}

  private final Database database;
  private final Authenticator authenticator;
  private final RepoDoor door;
  private final GitRepositories git;
  private final LfsHistory history;
  private final LfsRemoval removal;
  private final LfsCopies copies;

  /** Works on the repositories behind {@code door}. */
  public LfsFileEndpoints(
      Database database,
      Authenticator authenticator,
      RepoDoor door,
      GitRepositories git,
      BlobShapes shapes,
      InstantSource clock) {
    this.database = database;
    this.authenticator = authenticator;
    this.door = door;
    this.git = git;
    this.history = new LfsHistory(database, shapes);
    this.removal = new LfsRemoval(shapes);
    this.copies = new LfsCopies(database, clock);
  }

  /** Adds the routes of every repository type. */
  public void routes(Routes routes) {
    for (var type : RepoType.values()) {
      var files = "/api/" + type.plural() + "/{ns}/{name}/lfs-files";
      routes.get(files, exchange -> list(exchange, type));
      routes.post(files + "/batch", exchange -> remove(exchange, type));
      routes.post(files + "/duplicate", exchange -> duplicate(exchange, type));
    }
  }

  private void list(Exchange exchange, RepoType type) throws IOException {
    var visit = door.enter(exchange, type, Action.WRITE);
    int limit = Queries.number(exchange, "limit", 1, PAGE_MAX, PAGE_MAX);
    var after = LfsFile.Place.parse(exchange.query("cursor").orElse(""));
    if (after.equals(LfsFile.Place.START)) {
      try (var repository = git.open(visit.repo().id())) {
        history.catchUp(repository, visit.repo());
      }
    }
    List<LfsFile> files =
        database.read(db -> LfsFileRows.page(db, visit.repo().id(), after, limit + 1));
    boolean hasMore = files.size() > limit;
    var page = hasMore ? files.subList(0, limit) : files;
    exchange.send(
        Reply.json(200, page.stream().map(View::of).toList())
            .with("Link", hasMore ? next(exchange, visit, limit, page.getLast()) : ""));
  }

  private static String next(Exchange exchange, Visit visit, int limit, LfsFile last) {
    return "<%s?limit=%d&cursor=%s>; rel=\"next\""
        .formatted(
            visit.repo().apiUrl(exchange.baseUrl(), "/lfs-files"), limit, last.place().text());
  }

  private void remove(Exchange exchange, RepoType type) throws IOException {
    var visit = door.enter(exchange, type, Action.WRITE);
    var sent = Json.read(exchange.body("list of objects", BODY_BYTES_MAX), Removal.class);
    var asked = sent.deletions();
    if (asked == null || asked.sha() == null) {
      throw new ProblemException(new Invalid("deletions.sha", "a list of objects is needed"));
    }
    var oids = oids(asked.sha());
    if (!oids.isEmpty()) {
      try (var repository = git.open(visit.repo().id())) {
        removal.remove(repository, oids, Boolean.TRUE.equals(asked.rewriteHistory()));
      }
    }
    exchange.send(Reply.json(200, Map.of("success", true)));
  }

  private static Set<Sha256> oids(List<String> texts) {
    if (texts.size() > DELETIONS_MAX) {
      throw new ProblemException(new OverLimit("number of objects", DELETIONS_MAX));
    }
    var oids = new LinkedHashSet<Sha256>();
    for (var text : texts) {
      if (text == null || !DIGITS.matcher(text).matches()) {
        throw new ProblemException(
            new Invalid("deletions.sha", "64 lower-case hex digits are needed for each"));
      }
      oids.add(Sha256.parse(text));
    }
    return oids;
  }

  private void duplicate(Exchange exchange, RepoType type) throws IOException {
    var source = door.enter(exchange, type, Action.DOWNLOAD);
    var sent = Json.read(exchange.body("list of files", BODY_BYTES_MAX), Copies.class);
    var target = target(exchange, sent.target());
    List<LfsCopies.Asked> files = sent.files() == null ? List.of() : sent.files();
    var failed = copies.copy(source.repo().id(), target.repo().id(), files);
    exchange.send(Reply.json(200, Map.of("failed", failed)));
  }

  private Visit target(Exchange exchange, @Nullable Target target) {
    var name = target == null || target.name() == null ? "" : target.name();
    int slash = name.indexOf('/');
    if (target == null || slash <= 0 || slash != name.lastIndexOf('/')) {
      throw new ProblemException(new Invalid("target.name", "it must be namespace/name"));
    }
    var type = RepoType.of(target.type() == null ? "model" : target.type());
    return door.enter(
        authenticator.caller(exchange),
        type,
        name.substring(0, slash),
        name.substring(slash + 1),
        Action.WRITE);
  }
}
