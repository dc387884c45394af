package dev.ashlar.core.problem;

import java.time.Duration;
import java.util.List;

/**
 * What can go wrong on purpose. A problem is thrown where it is known, inside {@link
 * ProblemException}, and turned into a reply at one place only (module {@code web}).
 */
public sealed interface Problem {
  /** The named thing does not exist, or the caller may not know that it does: 404. */
  record Missing(Kind kind, String name) implements Problem {}

  /**
   * The repository has another name now: 307 to the same route of the new one, or, where the route
   * names it elsewhere than in its path, missing.
   */
  record Moved(String from, String to) implements Problem {}

  /** Bytes do not follow their format: 400, with the offset of the first wrong byte. */
  record Malformed(String format, long offset, String reason) implements Problem {}

  /** A parameter, header or field has a value that is not allowed: 400. */
  record Invalid(String what, String reason) implements Problem {}

  /** A parameter has a value that is not among the allowed ones: 400, naming them all. */
  record NotOneOf(String what, List<String> allowed) implements Problem {
    public NotOneOf {
      allowed = List.copyOf(allowed);
    }
  }

  /** Well-formed, but against a rule (illegal path, wrong hash of an object): 422. */
  record Unprocessable(String what, String reason) implements Problem {}

  /** The caller lacks something: 401 or 403. */
  record Refused(Need need) implements Problem {}

  /** The files of a gated repository are closed to the caller: 401 or 403. */
  record Gated(String repository, Entry entry) implements Problem {}

  /** The name exists already: 409. */
  record Taken(Kind kind, String name) implements Problem {}

  /** The action does not fit the present state (lost race, protected ref): 409. */
  record Conflict(String reason) implements Problem {}

  /** The caller decided on an older state than the present one: 412. */
  record Stale(String reason) implements Problem {}

  /** The range starts behind the last byte: 416. */
  record BeyondEnd(long sizeBytes) implements Problem {}

  /** More bytes or elements than the limit allows: 413. */
  record OverLimit(String limit, long max) implements Problem {}

  /** Too much work at this moment: 503 with Retry-After. */
  record Busy(String what, Duration retryAfter) implements Problem {}

  /** The body came too slowly or stopped: 408. */
  record Stalled(String what) implements Problem {}

  /** The action is forbidden for everybody: 403. */
  record Forbidden(String reason) implements Problem {}

  /** The body is in a form that this route does not read: 415. */
  record UnreadableForm(String what) implements Problem {}

  /** This server does not offer it: 501. */
  record Unsupported(String what) implements Problem {}

  /** The disk or quota is full: 507. */
  record NoRoom(String what) implements Problem {}

  /** Another system failed: 503 if trying again may help, else 502. */
  record Upstream(String system, boolean worthRetrying) implements Problem {}
}
