package dev.ashlar.casserver.xet;

import dev.ashlar.core.manifest.ByteRange;
import dev.ashlar.core.problem.Problem.BeyondEnd;
import dev.ashlar.core.problem.ProblemException;
import java.util.regex.Pattern;

/** The Range header of a plan request: one range, cut at the file's end. */
final class AskedRange {
  private static final Pattern FORM = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

  private AskedRange() {}

  /** The bytes asked for; what cannot be read as one range is answered like one behind the end. */
  static ByteRange of(String header, long fileBytes) {
    var parts = FORM.matcher(header.replace(" ", ""));
    if (!parts.matches() || header.replace(" ", "").equals("bytes=-")) {
      throw new ProblemException(new BeyondEnd(fileBytes));
    }
    if (parts.group(1).isEmpty()) {
      long last = Long.parseLong(parts.group(2));
      return within(Math.max(0, fileBytes - last), fileBytes, fileBytes);
    }
    long start = Long.parseLong(parts.group(1));
    long end = parts.group(2).isEmpty() ? fileBytes : Long.parseLong(parts.group(2)) + 1;
    if (!parts.group(2).isEmpty() && end <= start) {
      throw new ProblemException(new BeyondEnd(fileBytes));
    }
    return within(start, end, fileBytes);
  }

  private static ByteRange within(long start, long end, long fileBytes) {
    if (start >= fileBytes && !(start == 0 && fileBytes == 0)) {
      throw new ProblemException(new BeyondEnd(fileBytes));
    }
    return new ByteRange(start, Math.min(end, fileBytes));
  }
}
