package dev.ashlar.chunker;

import dev.ashlar.core.manifest.ByteRange;
import dev.ashlar.core.manifest.Term;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the parts of a file that must be cut into chunks again when some of its bytes change.
 *
 * <p>A window begins with the first chunk that a change touches. It ends behind two untouched
 * chunks in a row that have 16,384 to 122,879 bytes: whatever the cuts before them become, the end
 * of the second one is a cut again, and so are all after it. A change that such an end would not
 * leave behind keeps the window open, and the end of the file closes it. Source: the Xet protocol
 * specification, section on the next stable chunk boundary.
 */
public final class EditWindows {
  private static final int STABLE_BYTES_MIN = 2 * Chunker.BYTES_MIN;
  private static final int STABLE_BYTES_MAX = Chunker.BYTES_MAX - Chunker.BYTES_MIN;

  private static final Comparator<ByteRange> BY_START = Comparator.comparingLong(ByteRange::start);

  private final List<ByteRange> dirty;
  private final List<ByteRange> windows = new ArrayList<>();
  private int next;
  private long position;
  private boolean open;
  private boolean calm;

  /** Windows for changes of these bytes, in any order; they may overlap. */
  public EditWindows(List<ByteRange> dirty) {
    this.dirty = joined(dirty);
  }

  private static List<ByteRange> joined(List<ByteRange> ranges) {
    var joined = new ArrayList<ByteRange>();
    for (var range : ranges.stream().sorted(BY_START).toList()) {
      if (!joined.isEmpty() && range.start() <= joined.getLast().end()) {
        var last = joined.removeLast();
        joined.add(new ByteRange(last.start(), Math.max(last.end(), range.end())));
      } else if (range.bytes() > 0) {
        joined.add(range);
      }
    }
    return joined;
  }

  /** Adds the next chunk of the file as it was. */
  public void add(int bytes) {
    long start = position;
    long end = start + bytes;
    position = end;
    if (isTouched(start, end)) {
      if (open) {
        extend(end);
      } else {
        windows.add(new ByteRange(start, end));
      }
      open = true;
      calm = false;
    } else if (open) {
      extend(end);
      boolean stable = bytes >= STABLE_BYTES_MIN && bytes < STABLE_BYTES_MAX;
      open = !(stable && calm);
      calm = stable;
    }
  }

  private boolean isTouched(long start, long end) {
    while (next < dirty.size() && dirty.get(next).end() <= start) {
      next++;
    }
    return next < dirty.size() && dirty.get(next).start() < end;
  }

  private void extend(long end) {
    windows.add(new ByteRange(windows.removeLast().start(), end));
  }

  /** The windows in order, after the file's last chunk. */
  public List<ByteRange> windows() {
    return List.copyOf(windows);
  }

  /**
   * The windows grown to the terms that they touch, and joined where they then meet. The reference
   * client builds the new file from whole old terms outside the windows, and goes wrong with a
   * window that ends within one.
   */
  public static List<ByteRange> alignedTo(List<ByteRange> windows, List<Term> terms) {
    var aligned = new ArrayList<ByteRange>();
    int next = 0;
    long start = 0;
    for (var term : terms) {
      long end = start + term.bytes();
      while (next < windows.size() && windows.get(next).end() <= start) {
        next++;
      }
      if (next < windows.size() && windows.get(next).start() < end) {
        boolean meets = !aligned.isEmpty() && aligned.getLast().end() == start;
        long from = meets ? aligned.removeLast().start() : start;
        aligned.add(new ByteRange(from, end));
      }
      start = end;
    }
    return aligned;
  }
}
