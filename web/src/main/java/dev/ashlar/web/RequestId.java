package dev.ashlar.web;

import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/** The id by which a request is found again: the client's own, where it sent a sensible one. */
final class RequestId {
  static final String NAME = "X-Request-Id";

  private static final List<String> SOURCES = List.of(NAME, "X-Amzn-Trace-Id");
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._:;=/+-]{1,128}");

  private RequestId() {}

  static String of(ServerRequestHeaders headers) {
    for (var source : SOURCES) {
      var sent = headers.first(HeaderNames.create(source)).orElse("");
      if (FORM.matcher(sent).matches()) {
        return sent;
      }
    }
    return UUID.randomUUID().toString();
  }
}
