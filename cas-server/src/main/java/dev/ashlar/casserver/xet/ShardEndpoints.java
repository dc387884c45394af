package dev.ashlar.casserver.xet;

import dev.ashlar.casserver.intake.ShardIntake;
import dev.ashlar.core.token.XetToken;
import dev.ashlar.core.token.XetToken.Scope;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Reply;
import java.io.IOException;
import java.util.Map;

/** Uploads of shards: answered at the end, or with a stream of progress. */
final class ShardEndpoints {
  private final XetAuth auth;
  private final ShardIntake intake;

  ShardEndpoints(XetAuth auth, ShardIntake intake) {
    this.auth = auth;
    this.intake = intake;
  }

  void routes(CasRoutes routes) {
    routes.add("POST", this::answerAtEnd, "/v1/shards", "/shards", "/shard/{prefix}/{hash}");
    routes.add("POST", this::answerWithProgress, "/v2/shards");
  }

  private void answerAtEnd(Exchange exchange) throws IOException {
    var token = auth.require(exchange, Scope.WRITE);
    try (var received = receive(exchange, token)) {
      boolean news = received.register(new AwaitedAnswer(exchange));
      exchange.send(Reply.json(200, Map.of("result", news ? 1 : 0)));
    }
  }

  private void answerWithProgress(Exchange exchange) throws IOException {
    var token = auth.require(exchange, Scope.WRITE);
    try (var received = receive(exchange, token)) {
      exchange.setHeader("Content-Type", "application/x-ndjson");
      exchange.setHeader("Cache-Control", "no-cache");
      try (var lines = new ProgressLines(exchange.stream(200), exchange)) {
        lines.finish(() -> received.register(lines));
      }
    }
  }

  private ShardIntake.Received receive(Exchange exchange, XetToken token) throws IOException {
    try (var body = exchange.body("shard", ShardIntake.BYTES_MAX)) {
      return intake.receive(token, body);
    }
  }
}
