package dev.ashlar.hub.resolve;

import dev.ashlar.core.manifest.ByteRange;
import dev.ashlar.core.problem.Problem.BeyondEnd;
import dev.ashlar.core.problem.ProblemException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the Range header of a request; several ranges, or nonsense, mean the whole file. */
final class RangeHeader {
  private static final Pattern SINGLE =
      Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})", Pattern.CASE_INSENSITIVE);

  private RangeHeader() {}

  /** The bytes that are asked for; empty for the whole file. */
  static Optional<ByteRange> of(String header, long bytes) {
    var match = SINGLE.matcher(header.replace(" ", ""));
    if (!match.matches()) {
      return Optional.empty();
    }
    var first = match.group(1);
    var last = match.group(2);
    if (first.isEmpty()) {
      if (last.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(checked(Math.max(0, bytes - Long.parseLong(last)), bytes, bytes));
    }
    long start = Long.parseLong(first);
    long end = last.isEmpty() ? bytes : Math.min(bytes, Long.parseLong(last) + 1);
    if (!last.isEmpty() && Long.parseLong(last) < start) {
      return Optional.empty();
    }
    return Optional.of(checked(start, end, bytes));
  }

  private static ByteRange checked(long start, long end, long bytes) {
    if (start >= bytes) {
      throw new ProblemException(new BeyondEnd(bytes));
    }
    return new ByteRange(start, end);
  }

  /** The Content-Range of a part. */
  static String contentRange(ByteRange range, long bytes) {
    return "bytes " + range.start() + "-" + (range.end() - 1) + "/" + bytes;
  }
}
