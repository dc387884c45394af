package dev.ashlar.web;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** What every process answers about itself: that it lives and is ready, and its metrics. */
public final class ServiceEndpoints {
  private static final Map<String, String> UNCACHED =
      Map.of(
          "Cache-Control", "no-store, no-cache, must-revalidate, proxy-revalidate",
          "Pragma", "no-cache",
          "Expires", "0");

  private static final byte[] WARMING = "warming up\n".getBytes(StandardCharsets.US_ASCII);

  private final Metrics metrics;
  private final BooleanSupplier isReady;

  /** Endpoints that print these metrics; a process that is not ready does its work, but slower. */
  public ServiceEndpoints(Metrics metrics, BooleanSupplier isReady) {
    this.metrics = metrics;
    this.isReady = isReady;
  }

  /** Adds {@code /health}, {@code /ready} and {@code /metrics}. */
  public void routes(Routes routes) {
    routes.get("/health", exchange -> exchange.send(new Reply(200, UNCACHED, new byte[0])));
    routes.get("/ready", this::ready);
    routes.get("/metrics", this::print);
  }

  private void ready(Exchange exchange) {
    boolean ready = isReady.getAsBoolean();
    exchange.send(new Reply(ready ? 200 : 503, UNCACHED, ready ? new byte[0] : WARMING));
  }

  private void print(Exchange exchange) {
    exchange.send(
        new Reply(
            200,
            Map.of("Content-Type", "text/plain; version=0.0.4; charset=utf-8"),
            metrics.text().getBytes(StandardCharsets.UTF_8)));
  }
}
