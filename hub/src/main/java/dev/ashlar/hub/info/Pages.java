package dev.ashlar.hub.info;

import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.repo.ListQuery.Position;
import dev.ashlar.hub.repo.RepoOrder;
import dev.ashlar.web.Exchange;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The cursors of lists, and the links that carry them. */
final class Pages {
  private Pages() {}

  /** The place that the request's cursor names, or the start of a list that may rise. */
  static Position position(Exchange exchange, RepoOrder order, boolean rises) {
    var cursor = exchange.query("cursor").orElse("");
    if (cursor.isEmpty()) {
      return order.start(rises);
    }
    try {
      var text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
      int bar = text.indexOf('|');
      var position = new Position(text.substring(0, bar), Long.parseLong(text.substring(bar + 1)));
      if (order.isKey(position.key())) {
        return position;
      }
    } catch (IllegalArgumentException | StringIndexOutOfBoundsException _) {
      // refused below, like every other text that is no cursor of this list
    }
    throw new ProblemException(new Invalid("cursor", "it is not one of this list"));
  }

  /** The Link header to what follows a position: absolute, with all parameters of this request. */
  static String next(Exchange exchange, Position last) {
    var cursor =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString((last.key() + "|" + last.id()).getBytes(StandardCharsets.US_ASCII));
    var query =
        Stream.concat(
                Stream.of(exchange.rawQuery().split("&", -1))
                    .filter(part -> !part.isEmpty() && !part.startsWith("cursor=")),
                Stream.of("cursor=" + cursor))
            .collect(Collectors.joining("&"));
    return "<" + exchange.baseUrl() + exchange.rawPath() + "?" + query + ">; rel=\"next\"";
  }
}
