package dev.ashlar.web;

import dev.ashlar.core.manifest.ByteRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A Range header in bytes: one or more ranges with inclusive ends, open ends, or counted from the
 * end. It becomes half-open {@link ByteRange}s once the length is known.
 */
public final class HttpRange {
  private static final Pattern PART = Pattern.compile("([0-9]*)-([0-9]*)");
  private static final int PARTS_MAX = 1_024;
  private static final int DIGITS_MAX = 18;
  private static final long ABSENT = -1;

  /** One range; an absent first byte means the last {@code last} bytes. */
  private record Part(long first, long last) {
    boolean isWellFormed() {
      return first == ABSENT ? last != ABSENT : last == ABSENT || first <= last;
    }

    Optional<ByteRange> within(long bytes) {
      if (first == ABSENT) {
        return last == 0 || bytes == 0
            ? Optional.empty()
            : Optional.of(new ByteRange(Math.max(0, bytes - last), bytes));
      }
      return first >= bytes
          ? Optional.empty()
          : Optional.of(new ByteRange(first, last == ABSENT ? bytes : Math.min(bytes, last + 1)));
    }
  }

  private final List<Part> parts;

  private HttpRange(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /** Parses a header's value; empty when it is no well-formed range of bytes. */
  public static Optional<HttpRange> parse(String header) {
    var text = header.strip();
    if (!text.regionMatches(true, 0, "bytes=", 0, 6)) {
      return Optional.empty();
    }
    var parts = new ArrayList<Part>();
    for (var element : text.substring(6).split(",", PARTS_MAX + 1)) {
      var match = PART.matcher(element.strip());
      if (!match.matches()) {
        return Optional.empty();
      }
      var part = new Part(number(match.group(1)), number(match.group(2)));
      if (!part.isWellFormed()) {
        return Optional.empty();
      }
      parts.add(part);
    }
    return Optional.of(new HttpRange(parts));
  }

  private static long number(String digits) {
    if (digits.isEmpty()) {
      return ABSENT;
    }
    return digits.length() > DIGITS_MAX ? Long.MAX_VALUE - 1 : Long.parseLong(digits);
  }

  /** How many ranges were asked for. */
  public int count() {
    return parts.size();
  }

  /**
   * The ranges of something that has {@code bytes} bytes, in the order asked for, their ends
   * clamped to it. Those that start behind its end are left out; when none is left the answer is
   * 416.
   */
  public List<ByteRange> within(long bytes) {
    return parts.stream().map(part -> part.within(bytes)).flatMap(Optional::stream).toList();
  }

  /** The value of Content-Range for a range, which must not be empty. */
  public static String contentRange(ByteRange range, long bytes) {
    return "bytes " + range.start() + "-" + (range.end() - 1) + "/" + bytes;
  }
}
