package dev.ashlar.hub.repo;

import dev.ashlar.web.Exchange;
import dev.ashlar.web.Reply;
import java.util.Map;

/** The answer when a new repository's name is in use. */
final class TakenReply {
  private TakenReply() {}

  /** With {@code exist_ok} clients read the URL from this very answer. */
  static Reply of(Exchange exchange, RepoType type, String name) {
    var message = "You already created this " + type.word() + " repo: " + name;
    var url = exchange.baseUrl() + "/" + type.webPrefix() + name;
    return Reply.json(409, Map.of("error", message, "url", url))
        .with("X-Error-Code", "RepoExists")
        .with("X-Error-Message", message);
  }
}
