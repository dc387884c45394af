package dev.ashlar.hub.discussion;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.core.problem.Problem.NotOneOf;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.access.Action;
import dev.ashlar.hub.discussion.Discussion.Pull;
import dev.ashlar.hub.discussion.EventView.AuthorView;
import dev.ashlar.hub.discussion.Proposals.Proposal;
import dev.ashlar.hub.git.GitRepositories;
import dev.ashlar.hub.repo.Repo;
import dev.ashlar.hub.repo.RepoDoor;
import dev.ashlar.hub.repo.RepoType;
import dev.ashlar.hub.repo.Visit;
import dev.ashlar.hub.tree.Queries;
import dev.ashlar.hub.tree.Revisions;
import dev.ashlar.hub.tree.Times;
import dev.ashlar.metadata.Database;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Json;
import dev.ashlar.web.Reply;
import dev.ashlar.web.Routes;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.Constants;
import org.jspecify.annotations.Nullable;

/** Lists, shows and opens discussions and pull requests. */
public final class DiscussionEndpoints {
  private static final int PAGE = 50;
  private static final int PAGES_MAX = 10_000_000;
  private static final List<String> TYPES = List.of("all", "discussion", "pull_request");
  private static final Map<String, List<String>> STATUSES =
      Map.of(
          "all", List.of("draft", "open", "closed", "merged"),
          "open", List.of("draft", "open"),
          "closed", List.of("closed", "merged"),
          "draft", List.of("draft"),
          "merged", List.of("merged"));

  private record RepoView(String name, String type) {}

  private record ListView(
      long count, long start, long numClosedDiscussions, List<Map<String, Object>> discussions) {}

  private record ChangesView(String base, @Nullable String mergeCommitId) {}

  private final Database database;
  private final GitRepositories git;
  private final RepoDoor door;
  private final DiscussionDoor discussions;
  private final Talk talk;
  private final Proposals proposals;
  private final PullChanges changes = new PullChanges();

  /** Discussions of the repositories behind the door. */
  public DiscussionEndpoints(
      Database database, GitRepositories git, RepoDoor door, InstantSource clock) {
    this.database = database;
    this.git = git;
    this.door = door;
    this.discussions = new DiscussionDoor(database, door);
    this.talk = new Talk(database, clock);
    this.proposals = new StoredProposals(database, clock);
  }

  /** Adds the routes of every repository type. */
  public void routes(Routes routes) {
    for (var type : RepoType.values()) {
      var base = "/api/" + type.plural() + "/{ns}/{name}/discussions";
      routes.get(base, exchange -> list(exchange, type));
      routes.post(base, exchange -> open(exchange, type));
      routes.get(base + "/{num}", exchange -> show(exchange, type));
    }
  }

  private void list(Exchange exchange, RepoType type) {
    var repo = door.enter(exchange, type, Action.READ).repo();
    long start = (long) PAGE * Queries.number(exchange, "p", 0, PAGES_MAX, 0);
    var kind = exchange.query("type").filter(word -> !word.isEmpty()).orElse("all");
    if (!TYPES.contains(kind)) {
      throw new ProblemException(new NotOneOf("type", TYPES));
    }
    var author = exchange.query("author").map(name -> name.replace("\0", "?")).orElse("");
    var wanted = new DiscussionList(repo.id(), kind, statuses(exchange), author);
    var closed = new DiscussionList(repo.id(), "discussion", List.of("closed"), "");
    exchange.send(
        database.<Reply>read(
            db ->
                Reply.json(
                    200,
                    new ListView(
                        wanted.count(db),
                        start,
                        closed.count(db),
                        wanted.page(db, start, PAGE).stream().map(d -> view(repo, d)).toList()))));
  }

  private static List<String> statuses(Exchange exchange) {
    var word = exchange.query("status").filter(given -> !given.isEmpty()).orElse("all");
    var statuses = STATUSES.get(word);
    if (statuses == null) {
      throw new ProblemException(new NotOneOf("status", List.of("all", "open", "closed")));
    }
    return statuses;
  }

  private static Map<String, Object> view(Repo repo, Discussion discussion) {
    var view = new LinkedHashMap<String, Object>();
    view.put("num", discussion.num());
    discussion.author().ifPresent(author -> view.put("author", new AuthorView(author.name())));
    view.put("repo", new RepoView(repo.fullName(), repo.type().word()));
    view.put("title", discussion.title());
    view.put("status", discussion.status().word());
    view.put("createdAt", Times.text(discussion.createdAt()));
    view.put("isPullRequest", discussion.pull().isPresent());
    view.put("pinned", discussion.isPinned());
    return view;
  }

  private void show(Exchange exchange, RepoType type) throws IOException {
    var call = discussions.enter(exchange, type, Action.READ);
    var details = view(call.visit().repo(), call.discussion());
    details.put(
        "events",
        database.<List<Event>>read(db -> EventRows.all(db, call.discussion().id())).stream()
            .map(EventView::of)
            .toList());
    if (call.discussion().pull().isPresent()) {
      boolean isDiffWanted =
          Queries.flag(exchange, "diff") && door.allows(call.visit(), Action.DOWNLOAD);
      putPull(
          details,
          call.visit(),
          call.discussion().id(),
          call.discussion().pull().get(),
          isDiffWanted);
    }
    exchange.send(Reply.json(200, details));
  }

  private void putPull(
      Map<String, Object> details, Visit visit, long id, Pull pull, boolean isDiffWanted)
      throws IOException {
    long repoId = visit.repo().id();
    details.put(
        "changes",
        new ChangesView(pull.base(), pull.merged().map(m -> m.commit().name()).orElse(null)));
    try (var repo = git.open(repoId)) {
      details.put("filesWithConflicts", changes.filesWithConflicts(repo, repoId, id, pull));
      if (isDiffWanted) {
        details.put("diff", changes.diff(repo, repoId, pull));
      }
    }
  }

  private void open(Exchange exchange, RepoType type) throws IOException {
    var visit = door.enter(exchange, type, Action.DISCUSS);
    JsonNode asked;
    try (var in = exchange.body("the discussion", Limits.BODY_BYTES_MAX)) {
      asked = Json.tree(in);
    }
    var title = Texts.title(asked.path("title"));
    var description = Texts.description(asked.path("description"));
    boolean isPull = asked.path("pullRequest").asBoolean(false);
    int num =
        isPull
            ? openPull(exchange, type, title, description)
            : talk.open(visit.repo().id(), visit.caller().id(), title, description);
    exchange.send(
        Reply.json(
            200,
            Map.of(
                "num", num,
                "url", visit.repo().url(exchange.baseUrl()) + "/discussions/" + num,
                "pullRequest", isPull)));
  }

  /** The commits come later, to the ref. */
  private int openPull(Exchange exchange, RepoType type, String title, String description)
      throws IOException {
    var visit = door.enter(exchange, type, Action.PROPOSE);
    var main = visit.repo().defaultBranch();
    try (var repo = git.open(visit.repo().id()).movedBy(visit.caller().id())) {
      var head = new Revisions(repo, main).require(main).commit();
      var base = Constants.R_HEADS + main;
      return proposals.open(repo, visit, new Proposal(title, description, base, head, true));
    }
  }
}
