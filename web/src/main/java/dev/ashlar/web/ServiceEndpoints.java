package dev.ashlar.web;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What every process answers about itself: that it lives, and its metrics. */
public final class ServiceEndpoints {
  private static final Map<String, String> ALIVE =
      Map.of(
          "Cache-Control", "no-store, no-cache, must-revalidate, proxy-revalidate",
          "Pragma", "no-cache",
          "Expires", "0");

  private final Metrics metrics;

  /** Endpoints that print these metrics. */
  public ServiceEndpoints(Metrics metrics) {
    this.metrics = metrics;
  }

  /** Adds {@code /health} and {@code /metrics}. */
  public void routes(Routes routes) {
    routes.get("/health", exchange -> exchange.send(new Reply(200, ALIVE, new byte[0])));
    routes.get("/metrics", this::print);
  }

  private void print(Exchange exchange) {
    exchange.send(
        new Reply(
            200,
            Map.of("Content-Type", "text/plain; version=0.0.4; charset=utf-8"),
            metrics.text().getBytes(StandardCharsets.UTF_8)));
  }
}
