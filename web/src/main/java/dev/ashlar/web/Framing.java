package dev.ashlar.web;

import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.ProblemException;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Refuses requests whose end two servers could see at different places: behind a proxy such a
 * request could smuggle in another one.
 */
final class Framing {
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._~:\\[\\]-]{1,255}");

  private Framing() {}

  /** Checks the headers that say where the body ends, and the host. */
  static void check(ServerRequestHeaders headers) {
    var lengths = values(headers, HeaderNames.CONTENT_LENGTH);
    var codings = values(headers, HeaderNames.TRANSFER_ENCODING);
    require(lengths.size() <= 1 && codings.size() <= 1, "the length stands more than once");
    require(
        lengths.isEmpty() || codings.isEmpty(),
        "a length and a transfer coding exclude each other");
    require(
        lengths.isEmpty() || LENGTH.matcher(lengths.getFirst()).matches(), "no such length exists");
    require(
        codings.isEmpty() || codings.getFirst().equals("chunked"),
        "the only transfer coding is chunked");
    var hosts = values(headers, HeaderNames.HOST);
    require(
        hosts.size() <= 1 && (hosts.isEmpty() || HOST.matcher(hosts.getFirst()).matches()),
        "the host is malformed");
  }

  private static List<String> values(ServerRequestHeaders headers, HeaderName name) {
    return headers.contains(name) ? headers.get(name).allValues() : List.of();
  }

  private static void require(boolean held, String otherwise) {
    if (!held) {
      throw new ProblemException(new Invalid("request headers", otherwise));
    }
  }
}
