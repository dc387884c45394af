package dev.ashlar.hub.lfs;

import dev.ashlar.core.problem.Problem;
import dev.ashlar.core.problem.Problem.Moved;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.web.Handler;
import dev.ashlar.web.Json;
import dev.ashlar.web.Problems;
import dev.ashlar.web.Reply;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Answers in the form of the LFS API: its own media type, {@code message}, and Basic challenges.
 */
final class LfsReplies {
  private static final String MEDIA_TYPE = "application/vnd.git-lfs+json";
  private static final String CHALLENGE = "Basic realm=\"Hub\"";

  private LfsReplies() {}

  static Reply json(int status, Object value) {
    return new Reply(status, Map.of("Content-Type", MEDIA_TYPE), Json.write(value));
  }

  /** The handler with its problems told in the LFS way. */
  static Handler telling(Handler handler) {
    return exchange -> {
      try {
        handler.handle(exchange);
      } catch (ProblemException e) {
        if (exchange.isSent() || e.problem() instanceof Moved) {
          throw e;
        }
        exchange.send(of(e.problem()));
      }
    };
  }

  private static Reply of(Problem problem) {
    var plain = Problems.reply(problem);
    var headers = new LinkedHashMap<>(plain.headers());
    headers.put("Content-Type", MEDIA_TYPE);
    if (plain.status() == 401) {
      headers.put("WWW-Authenticate", CHALLENGE);
      headers.put("LFS-Authenticate", CHALLENGE);
    }
    var message = headers.getOrDefault("X-Error-Message", "refused");
    return new Reply(
        plain.status(), headers, Json.write(Map.of("message", message, "error", message)));
  }
}
