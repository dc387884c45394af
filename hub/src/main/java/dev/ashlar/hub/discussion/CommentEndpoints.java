package dev.ashlar.hub.discussion;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Problem.Forbidden;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.access.Action;
import dev.ashlar.hub.discussion.DiscussionDoor.Call;
import dev.ashlar.hub.discussion.Event.Comment;
import dev.ashlar.hub.git.GitRepositories;
import dev.ashlar.hub.repo.RepoDoor;
import dev.ashlar.hub.repo.RepoType;
import dev.ashlar.hub.tree.CommitFiles;
import dev.ashlar.metadata.Database;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Json;
import dev.ashlar.web.Reply;
import dev.ashlar.web.Routes;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;

/** Adds to a discussion: comments, another title, another status, a merge. */
public final class CommentEndpoints {
  private final DiscussionDoor discussions;
  private final Talk talk;
  private final PullMerge merge;

  /** Changes discussions of the repositories behind the door. */
  public CommentEndpoints(
      Database database,
      GitRepositories git,
      RepoDoor door,
      CommitFiles files,
      InstantSource clock) {
    this.discussions = new DiscussionDoor(database, door);
    this.talk = new Talk(database, clock);
    this.merge = new PullMerge(database, git, files, talk);
  }

  /** Adds the routes of every repository type. */
  public void routes(Routes routes) {
    for (var type : RepoType.values()) {
      var base = "/api/" + type.plural() + "/{ns}/{name}/discussions/{num}/";
      routes.post(base + "comment", exchange -> comment(exchange, type));
      routes.post(base + "comment/{id}/edit", exchange -> edit(exchange, type));
      routes.post(base + "comment/{id}/hide", exchange -> hide(exchange, type));
      routes.post(base + "title", exchange -> retitle(exchange, type));
      routes.post(base + "status", exchange -> setStatus(exchange, type));
      routes.post(base + "merge", exchange -> merge(exchange, type));
    }
  }

  private void comment(Exchange exchange, RepoType type) throws IOException {
    var call = discussions.enter(exchange, type, Action.DISCUSS);
    var text = Texts.comment("comment", body(exchange).path("comment"));
    send(exchange, "newMessage", talk.comment(call.discussion(), call.userId(), text));
  }

  /** Nobody puts words into somebody else's mouth. */
  private void edit(Exchange exchange, RepoType type) throws IOException {
    var call = discussions.enter(exchange, type, Action.DISCUSS);
    var comment = found(exchange, call);
    if (!isBy(comment, call)) {
      throw new ProblemException(new Forbidden("Only its author may edit a comment."));
    }
    var text = Texts.comment("content", body(exchange).path("content"));
    var edited = talk.edit(call.discussion(), call.userId(), comment, text);
    send(exchange, "updatedComment", edited);
  }

  private void hide(Exchange exchange, RepoType type) {
    var call = discussions.enter(exchange, type, Action.DISCUSS);
    var comment = found(exchange, call);
    discussions.requireOwn(call, isBy(comment, call));
    send(exchange, "updatedComment", talk.hide(call.discussion(), comment));
  }

  private Comment found(Exchange exchange, Call call) {
    var id =
        Event.id(exchange.param("id"))
            .orElseThrow(
                () -> new ProblemException(new Missing(Kind.COMMENT, exchange.param("id"))));
    return talk.find(call.discussion(), id);
  }

  private static boolean isBy(Comment comment, Call call) {
    return comment.author().map(author -> author.id() == call.userId()).orElse(false);
  }

  private void retitle(Exchange exchange, RepoType type) throws IOException {
    var call = discussions.enterToChange(exchange, type);
    var title = Texts.title(body(exchange).path("title"));
    send(
        exchange, "newTitle", talk.retitle(call.repoId(), call.discussion(), call.userId(), title));
  }

  private void setStatus(Exchange exchange, RepoType type) throws IOException {
    var call = discussions.enterToChange(exchange, type);
    var asked = body(exchange);
    var next = Status.asked(asked.path("status").asText());
    var comment = remark(asked);
    send(
        exchange,
        "newStatus",
        talk.setStatus(call.repoId(), call.discussion(), call.userId(), next, comment));
  }

  private void merge(Exchange exchange, RepoType type) throws IOException {
    var call = discussions.enter(exchange, type, Action.WRITE);
    var comment = remark(body(exchange));
    send(exchange, "newStatus", merge.merge(call.visit(), call.discussion().num(), comment));
  }

  /** The comment that may come with another change. */
  private static String remark(JsonNode asked) {
    var comment = asked.path("comment");
    return comment.isTextual() && !comment.asText().isBlank()
        ? Texts.comment("comment", comment)
        : "";
  }

  private static JsonNode body(Exchange exchange) throws IOException {
    try (var in = exchange.body("the request", Limits.BODY_BYTES_MAX)) {
      return Json.tree(in);
    }
  }

  private static void send(Exchange exchange, String name, Event event) {
    exchange.send(Reply.json(200, Map.of(name, EventView.of(event))));
  }
}
