package dev.ashlar.hub.tree;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.ashlar.hub.access.Action;
import dev.ashlar.hub.repo.RepoType;
import dev.ashlar.hub.repo.Visit;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Reply;
import dev.ashlar.web.Routes;
import dev.ashlar.web.UrlText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/** Lists the commits of a revision, newest first. */
public final class CommitLogEndpoints {
  private static final int PAGE = 50;
  private static final int PAGE_MAX = 1000;
  private static final int PAGES_MAX = 10_000_000;

  private record Author(String user) {}

  private record Formatted(String title, String message) {}

  @JsonInclude(Include.NON_NULL)
  private record CommitView(
      String id,
      String title,
      String message,
      String date,
      List<Author> authors,
      @Nullable Formatted formatted) {}

  private final Door door;
  private final CommitCounts counts = new CommitCounts();

  /** Answers from the repositories behind {@code door}. */
  public CommitLogEndpoints(Door door) {
    this.door = door;
  }

  /** Adds the routes of every repository type. */
  public void routes(Routes routes) {
    for (var type : RepoType.values()) {
      routes.get(
          "/api/" + type.plural() + "/{ns}/{name}/commits/{rest...}",
          exchange -> list(exchange, type));
    }
  }

  private void list(Exchange exchange, RepoType type) throws IOException {
    var visit = door.enter(exchange, type, Action.READ);
    int limit = Queries.number(exchange, "limit", 1, PAGE_MAX, PAGE);
    int page = Queries.number(exchange, "p", 0, PAGES_MAX, 0);
    boolean isFormatted =
        exchange.queries("expand").stream()
            .anyMatch(value -> List.of(value.split(",")).contains("formatted"));
    try (var repo = door.open(visit)) {
      var head =
          new Revisions(repo, visit.repo().defaultBranch())
              .require(exchange.param("rest"))
              .commit();
      int total = counts.of(repo, visit.repo().id(), head);
      long first = (long) page * limit;
      var views = new ArrayList<CommitView>();
      try (var walk = new RevWalk(repo)) {
        walk.markStart(walk.parseCommit(head));
        long at = 0;
        for (var commit = walk.next();
            commit != null && views.size() < limit;
            commit = walk.next()) {
          if (at++ >= first) {
            views.add(view(commit, isFormatted));
          }
        }
      }
      var next = first + limit < total ? next(exchange, visit, head, page + 1) : "";
      exchange.send(
          Reply.json(200, views).with("X-Total-Count", Integer.toString(total)).with("Link", next));
    }
  }

  /** The next page starts from the same commit, whatever happens to the branch meanwhile. */
  private static String next(Exchange exchange, Visit visit, RevCommit head, int page) {
    var query = new StringBuilder();
    for (var pair : UrlText.parseQuery(exchange.rawQuery())) {
      if (!pair.getKey().equals("p")) {
        query.append(UrlText.encode(pair.getKey())).append('=');
        query.append(UrlText.encode(pair.getValue())).append('&');
      }
    }
    return "<%s/commits/%s?%sp=%d>; rel=\"next\""
        .formatted(visit.repo().apiUrl(exchange.baseUrl(), ""), head.name(), query, page);
  }

  private static CommitView view(RevCommit commit, boolean isFormatted) {
    var title = commit.getShortMessage();
    var message = rest(commit.getFullMessage());
    return new CommitView(
        commit.name(),
        title,
        message,
        Times.text(commit),
        List.of(new Author(commit.getAuthorIdent().getName())),
        isFormatted ? new Formatted(html(title), html(message)) : null);
  }

  /** What follows the title, which ends at the first empty line. */
  private static String rest(String message) {
    int blank = message.strip().indexOf("\n\n");
    return blank < 0 ? "" : message.strip().substring(blank).strip();
  }

  private static String html(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
