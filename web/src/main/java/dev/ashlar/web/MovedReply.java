package dev.ashlar.web;

import dev.ashlar.core.problem.Problem.Moved;
import java.util.Locale;

/**
 * Leads a request for a repository's old name to the new one. The location is a path alone: clients
 * that check a file by HEAD follow no other, and credentials stay with the same server.
 */
final class MovedReply {
  private static final String GIT_SUFFIX = ".git";

  private MovedReply() {}

  static Reply of(Exchange exchange, Moved moved) {
    var old = moved.from().split("/", 2);
    var now = moved.to().split("/", 2);
    var segments = exchange.rawPath().split("/", -1);
    for (int i = 0; i + 1 < segments.length; i++) {
      var suffix = suffix(segments[i + 1]);
      var name = segments[i + 1].substring(0, segments[i + 1].length() - suffix.length());
      if (isSame(segments[i], old[0]) && isSame(name, old[1])) {
        segments[i] = UrlText.encode(now[0]);
        segments[i + 1] = UrlText.encode(now[1]) + suffix;
        return Reply.empty(307)
            .with("Location", exchange.publicPath(String.join("/", segments)))
            .with("Cache-Control", "no-store");
      }
    }
    return Problems.reply(moved);
  }

  private static String suffix(String segment) {
    return segment.toLowerCase(Locale.ROOT).endsWith(GIT_SUFFIX)
        ? segment.substring(segment.length() - GIT_SUFFIX.length())
        : "";
  }

  private static boolean isSame(String raw, String name) {
    return UrlText.decodePath(raw).equalsIgnoreCase(name);
  }
}
