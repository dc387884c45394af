package dev.ashlar.casserver.xet;

import dev.ashlar.casserver.intake.Progress;
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
    try (var received = receive(exchange)) {
      boolean news = received.register(token, Progress.NONE);
      exchange.send(Reply.json(200, Map.of("result", news ? 1 : 0)));
    }
  }

  private void answerWithProgress(Exchange exchange) throws IOException {
    var token = auth.require(exchange, Scope.WRITE);
    try (var received = receive(exchange)) {
      exchange.setHeader("Content-Type", "application/x-ndjson");
      exchange.setHeader("Cache-Control", "no-cache");
      try (var lines = new ProgressLines(exchange.stream(200), exchange.requestId())) {
        lines.finish(() -> register(received, token, lines));
      }
    }
  }

  private static boolean register(
      ShardIntake.Received received, XetToken token, ProgressLines lines) throws IOException {
    return received.register(token, lines);
  }

  private ShardIntake.Received receive(Exchange exchange) throws IOException {
    try (var body = exchange.body("shard", ShardIntake.BYTES_MAX)) {
      return intake.receive(body);
    }
  }
}
