package dev.ashlar.core.token;

import dev.ashlar.core.manifest.ByteRange;
import java.util.List;

/** Permission to read these ranges of a stored xorb's body: ascending, apart, never empty. */
public record XorbUrl(String storageKey, List<ByteRange> ranges) {
  /** More ranges would make URLs longer than proxies take. */
  public static final int RANGES_MAX = 256;

  public XorbUrl {
    ranges = List.copyOf(ranges);
    if (ranges.isEmpty() || ranges.size() > RANGES_MAX) {
      throw new IllegalArgumentException(ranges.size() + " ranges");
    }
    long end = 0;
    for (var range : ranges) {
      if (range.start() < end || range.bytes() == 0) {
        throw new IllegalArgumentException("ranges ascend, lie apart and are not empty");
      }
      end = range.end();
    }
  }
}
