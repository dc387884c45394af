package dev.ashlar.hub.card;

import dev.ashlar.web.Exchange;
import dev.ashlar.web.Json;
import dev.ashlar.web.Reply;
import dev.ashlar.web.Routes;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Checks the YAML of a README for clients that are about to upload it. */
public final class CardEndpoints {
  /** The answer, which clients parse before they look at the status. */
  private record Validated(List<Map<String, String>> errors, List<Map<String, String>> warnings) {}

  private static final int BODY_BYTES_MAX = 16 << 20;

  /** Adds the route. */
  public void routes(Routes routes) {
    routes.post("/api/validate-yaml", this::validate);
  }

  private void validate(Exchange exchange) throws IOException {
    var asked = Json.tree(exchange.body("card", BODY_BYTES_MAX));
    var check = CardCheck.of(asked.path("content").asText(), asked.path("repoType").asText());
    var answer = new Validated(messages(check.errors()), messages(check.warnings()));
    exchange.send(Reply.json(check.errors().isEmpty() ? 200 : 400, answer));
  }

  private static List<Map<String, String>> messages(List<String> texts) {
    return texts.stream().map(text -> Map.of("message", text)).toList();
  }
}
