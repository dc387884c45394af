package dev.ashlar.web;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import java.util.UUID;

/**
 * Answers what never became an exchange (a broken request line, headers over the limit) in the same
 * form as every other error, without repeating what was sent.
 */
final class EarlyReplies implements DirectHandler {
  static DirectHandlers handlers() {
    var handlers = DirectHandlers.builder();
    for (var type : EventType.values()) {
      handlers.addHandler(type, new EarlyReplies());
    }
    return handlers.build();
  }

  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType type,
      Status status,
      ServerResponseHeaders headers,
      String message) {
    var reply = Problems.of(status.code(), "", sentence(status));
    var response = TransportResponse.builder().status(status).headers(headers).keepAlive(false);
    response.header(HeaderNames.create("X-Request-Id"), UUID.randomUUID().toString());
    reply.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
    return response.entity(reply.body()).build();
  }

  private static String sentence(Status status) {
    return switch (status.code()) {
      case 400 -> "the request is not well-formed HTTP/1.1";
      case 414 -> "the request line is too long";
      case 503 -> "too many requests at this moment";
      default -> status.reasonPhrase();
    };
  }
}
