package dev.ashlar.casserver.xet;

import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Reply;
import dev.ashlar.web.Routes;
import java.io.IOException;

/** Takes the summaries that clients send after a transfer, and forgets them. */
final class TelemetryEndpoints {
  private static final int BYTES_MAX = 1 << 20;

  /** Clients leave out a prefix of the CAS base here. */
  void routes(Routes routes) {
    routes.post("/v1/telemetry", TelemetryEndpoints::take);
    new CasRoutes(routes).add("POST", TelemetryEndpoints::take, "/v1/telemetry");
  }

  private static void take(Exchange exchange) throws IOException {
    try (var body = exchange.body("telemetry", BYTES_MAX)) {
      body.skip(BYTES_MAX);
    } catch (ProblemException _) {
      // nobody is helped by an error here
    }
    exchange.send(Reply.empty(200));
  }
}
