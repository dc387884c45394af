package dev.ashlar.web;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One line and one count for each request; never its query, a header or another secret. */
final class AccessLog {
  private static final System.Logger LOG = System.getLogger("dev.ashlar.access");
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
  private static final List<String> CLASSES = List.of("1xx", "2xx", "3xx", "4xx", "5xx");
  private static final double[] SECONDS = {0.005, 0.02, 0.1, 0.5, 2, 10, 60, 600};

  private record Kind(String method, String outcome) {}

  private final Metrics metrics;
  private final Map<Kind, Counter> requests = new ConcurrentHashMap<>();
  private final Counter replyBytes;
  private final Histogram requestSeconds;

  AccessLog(Metrics metrics) {
    this.metrics = metrics;
    this.replyBytes = metrics.counter("http_reply_bytes_total", "Bytes of reply bodies.");
    this.requestSeconds =
        metrics.histogram(
            "http_request_seconds", "Time from headers to the end of the reply.", SECONDS);
  }

  void answered(Exchange exchange, long beganNanos, boolean whole) {
    double seconds = (System.nanoTime() - beganNanos) / 1e9;
    var method = METHODS.contains(exchange.method()) ? exchange.method() : "other";
    int status = exchange.status();
    var outcome = whole ? CLASSES.get(Math.clamp(status / 100, 1, 5) - 1) : "cut";
    requests.computeIfAbsent(new Kind(method, outcome), this::counter).add(1);
    replyBytes.add(exchange.replyBytes());
    requestSeconds.observe(seconds);
    LOG.log(
        Level.DEBUG,
        () ->
            "request method=%s path=%s status=%d bytes=%d took=%.3fs whole=%s id=%s"
                .formatted(
                    method,
                    LoggedPath.of(exchange.rawPath()),
                    status,
                    exchange.replyBytes(),
                    seconds,
                    whole,
                    exchange.requestId()));
  }

  private Counter counter(Kind kind) {
    return metrics.counter(
        "http_requests_total",
        "Requests by method and class of status; cut ones dropped the connection.",
        "method",
        kind.method(),
        "status",
        kind.outcome());
  }
}
