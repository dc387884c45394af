package dev.ashlar.hub.discussion;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.errors.StopWalkException;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * Writes the changes from one tree to another as unified diff, as far as bounds allow: files, bytes
 * read, bytes written and time. Large files are pointers in Git, and shown as such.
 */
final class PullDiff {
  private static final int FILES_MAX = 1_000;
  private static final int FILE_BYTES_MAX = 128 << 10;
  private static final long READ_BYTES_MAX = 16L << 20;

  /** Texts can be made that take the square of their lines in time. */
  private static final Duration TIME_MAX = Duration.ofSeconds(2);

  private static final int TEXT_BYTES_MAX = 1 << 20;
  private static final String CUT = "\n(The diff is longer: the rest is left out.)\n";

  private final ObjectReader reader;

  PullDiff(ObjectReader reader) {
    this.reader = reader;
  }

  /** The diff from a tree, which may be the zero id for none, to another. */
  String text(ObjectId before, ObjectId after) throws IOException {
    var out = new BoundedOutput();
    var filter = new FirstChanges();
    try (var walk = new TreeWalk(reader);
        var format = new DiffFormatter(out)) {
      walk.setRecursive(true);
      walk.setFilter(filter);
      add(walk, before);
      add(walk, after);
      format.setReader(reader, new Config());
      format.setDiffAlgorithm(linear());
      format.setBinaryFileThreshold(FILE_BYTES_MAX);
      long read = 0;
      long start = System.nanoTime();
      for (var entry : DiffEntry.scan(walk)) {
        read += bytes(entry);
        if (read > READ_BYTES_MAX || System.nanoTime() - start > TIME_MAX.toNanos()) {
          return out.text() + CUT;
        }
        format.format(entry);
        format.flush();
      }
    } catch (Full _) {
      return out.text() + CUT;
    }
    return filter.isCut ? out.text() + CUT : out.text();
  }

  /** Compares in time that grows with the lines; where lines repeat too often it is coarse. */
  static HistogramDiff linear() {
    var algorithm = new HistogramDiff();
    algorithm.setFallbackAlgorithm(null);
    return algorithm;
  }

  private static void add(TreeWalk walk, ObjectId tree) throws IOException {
    if (tree.equals(ObjectId.zeroId())) {
      walk.addTree(new EmptyTreeIterator());
    } else {
      walk.addTree(tree);
    }
  }

  private long bytes(DiffEntry entry) throws IOException {
    return bytes(entry.getOldId().toObjectId(), entry.getOldMode().getObjectType())
        + bytes(entry.getNewId().toObjectId(), entry.getNewMode().getObjectType());
  }

  private long bytes(AnyObjectId id, int type) throws IOException {
    if (id.equals(ObjectId.zeroId()) || type != Constants.OBJ_BLOB) {
      return 0;
    }
    return Math.min(FILE_BYTES_MAX, reader.getObjectSize(id, type));
  }

  /** Lets the first changed files pass. */
  private static final class FirstChanges extends TreeFilter {
    private int files;
    private boolean isCut;

    @Override
    public boolean include(TreeWalk walk) throws IOException {
      if (!ANY_DIFF.include(walk)) {
        return false;
      }
      if (!walk.isSubtree() && ++files > FILES_MAX) {
        isCut = true;
        throw StopWalkException.INSTANCE;
      }
      return true;
    }

    @Override
    public boolean shouldBeRecursive() {
      return false;
    }

    @Override
    public TreeFilter clone() {
      return this;
    }
  }

  private static final class Full extends IOException {
    private static final long serialVersionUID = 1;
  }

  private static final class BoundedOutput extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      int room = TEXT_BYTES_MAX - bytes.size();
      bytes.write(source, offset, Math.min(room, length));
      if (length > room) {
        throw new Full();
      }
    }

    String text() {
      return bytes.toString(UTF_8);
    }
  }
}
