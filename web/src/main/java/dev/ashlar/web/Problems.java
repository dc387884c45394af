package dev.ashlar.web;

import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Problem;
import dev.ashlar.core.problem.Problem.BeyondEnd;
import dev.ashlar.core.problem.Problem.Busy;
import dev.ashlar.core.problem.Problem.Conflict;
import dev.ashlar.core.problem.Problem.Forbidden;
import dev.ashlar.core.problem.Problem.Gated;
import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.Problem.Malformed;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.core.problem.Problem.Moved;
import dev.ashlar.core.problem.Problem.NoRoom;
import dev.ashlar.core.problem.Problem.NotOneOf;
import dev.ashlar.core.problem.Problem.OverLimit;
import dev.ashlar.core.problem.Problem.Refused;
import dev.ashlar.core.problem.Problem.Stale;
import dev.ashlar.core.problem.Problem.Stalled;
import dev.ashlar.core.problem.Problem.Taken;
import dev.ashlar.core.problem.Problem.Unprocessable;
import dev.ashlar.core.problem.Problem.UnreadableForm;
import dev.ashlar.core.problem.Problem.Unsupported;
import dev.ashlar.core.problem.Problem.Upstream;
import java.util.Map;

/** Turns problems into replies: the only such switch in the house. */
public final class Problems {
  private Problems() {}

  /** The reply for a problem, with its code and sentence in headers and JSON body alike. */
  public static Reply reply(Problem problem) {
    return switch (problem) {
      case Missing(var kind, var name) -> of(404, kind.missingCode(), missing(kind, name));
      case Moved(var from, var _) -> of(404, Kind.REPO.missingCode(), missing(Kind.REPO, from));
      case Malformed(var format, var offset, var reason) ->
          of(400, "BadRequest", format + " at byte " + offset + ": " + reason);
      case Invalid(var what, var reason) -> of(400, "BadRequest", what + ": " + reason);
      case NotOneOf(var what, var allowed) ->
          of(400, "BadRequest", "\"" + what + "\" must be one of " + allowed);
      case Unprocessable(var what, var reason) ->
          of(422, "UnprocessableEntity", what + ": " + reason);
      case Refused(var need) -> refused(need.status(), need.code(), need.sentence());
      case Gated(var repository, var entry) ->
          refused(entry.status(), "GatedRepo", entry.sentence(repository));
      case Taken(var kind, var name) -> of(409, kind.takenCode(), taken(kind, name));
      case Conflict(var reason) -> of(409, "Conflict", reason);
      case Stale(var reason) -> of(412, "PreconditionFailed", reason);
      case BeyondEnd(var size) ->
          of(416, "RangeNotSatisfiable", "the file has " + size + " bytes")
              .with("Content-Range", "bytes */" + size);
      case OverLimit(var limit, var max) ->
          of(413, "PayloadTooLarge", limit + " is at most " + max);
      case Busy(var what, var after) ->
          of(503, "Busy", what).with("Retry-After", Long.toString(Math.max(1, after.toSeconds())));
      case Stalled(var what) -> of(408, "RequestTimeout", what);
      case Forbidden(var reason) -> of(403, "Forbidden", reason);
      case UnreadableForm(var what) -> of(415, "UnsupportedMediaType", what);
      case Unsupported(var what) -> of(501, "NotImplemented", what + " is not offered here");
      case NoRoom(var what) -> of(507, "InsufficientStorage", what);
      case Upstream(var system, var again) -> of(again ? 503 : 502, "Upstream", system + " failed");
    };
  }

  /** The sentence of a problem, for people at a terminal. */
  public static String sentence(Problem problem) {
    return reply(problem).headers().getOrDefault("X-Error-Message", "");
  }

  /** A reply with an X-Error-Code (unless empty), an X-Error-Message and a JSON {@code error}. */
  public static Reply of(int status, String code, String message) {
    return Reply.json(status, Map.of("error", message))
        .with("X-Error-Code", code)
        .with("X-Error-Message", headerValue(message));
  }

  private static Reply refused(int status, String code, String sentence) {
    var reply = of(status, code, sentence);
    return status == 401 ? reply.with("WWW-Authenticate", "Bearer realm=\"Hub\"") : reply;
  }

  private static String missing(Kind kind, String name) {
    var said =
        switch (kind) {
          case REVISION -> "Invalid rev id";
          case ENTRY_TO_DELETE -> "A file with this name doesn't exist";
          default -> kind.label() + " not found";
        };
    return said + ": " + name;
  }

  private static String taken(Kind kind, String name) {
    return kind == Kind.REVISION
        ? "Reference " + name + " already exists"
        : kind.label() + " exists already: " + name;
  }

  /** Header values are one line of printable ASCII; everything else becomes a question mark. */
  static String headerValue(String message) {
    var value = new StringBuilder(Math.min(message.length(), 500));
    message.chars().limit(500).forEach(c -> value.append(c >= 0x20 && c < 0x7f ? (char) c : '?'));
    return value.toString().strip();
  }
}
