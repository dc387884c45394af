package dev.ashlar.hub.git;

import dev.ashlar.core.manifest.ByteRange;
import dev.ashlar.objectstore.ObjectKey;
import dev.ashlar.objectstore.ObjectStore;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.eclipse.jgit.internal.storage.dfs.ReadableChannel;

/**
 * A file of a pack as JGit reads it: from a position on, in blocks that its cache keeps. What JGit
 * asks to be read ahead is fetched with one read and handed out in pieces. One thread.
 */
final class PackChannel implements ReadableChannel {
  private static final int AHEAD_BYTES_MAX = 1 << 20;

  private final Source source;
  private final long bytes;
  private long position;
  private int aheadBytes;
  private byte[] window = {};
  private long windowStart;
  private boolean open = true;

  /** Bytes at an offset; fails rather than read fewer. */
  private interface Source extends AutoCloseable {
    void read(ByteRange range, byte[] target, int targetOffset) throws IOException;

    @Override
    default void close() throws IOException {}
  }

  private PackChannel(Source source, long bytes) {
    this.source = source;
    this.bytes = bytes;
  }

  static PackChannel stored(ObjectStore store, ObjectKey key, long bytes) {
    return new PackChannel((range, target, at) -> store.read(key, range, target, at), bytes);
  }

  static PackChannel staged(Path file) throws IOException {
    var channel = FileChannel.open(file, StandardOpenOption.READ);
    return new PackChannel(new StagedSource(channel), channel.size());
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (position >= bytes) {
      return -1;
    }
    var offset = position - windowStart;
    if (offset < 0 || offset >= window.length) {
      int wanted = (int) Math.min(target.remaining(), bytes - position);
      if (target.hasArray() && wanted >= aheadBytes) {
        source.read(
            new ByteRange(position, position + wanted),
            target.array(),
            target.arrayOffset() + target.position());
        target.position(target.position() + wanted);
        position += wanted;
        return wanted;
      }
      fill(Math.max(wanted, aheadBytes));
      offset = 0;
    }
    int n = Math.min(target.remaining(), window.length - (int) offset);
    target.put(window, (int) offset, n);
    position += n;
    return n;
  }

  private void fill(int wanted) throws IOException {
    var length = (int) Math.min(wanted, bytes - position);
    window = new byte[length];
    windowStart = position;
    source.read(new ByteRange(position, position + length), window, 0);
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public void position(long newPosition) {
    position = newPosition;
  }

  @Override
  public long size() {
    return bytes;
  }

  /** No alignment is better than another: the cache's own block size counts. */
  @Override
  public int blockSize() {
    return 0;
  }

  @Override
  public void setReadAheadBytes(int wanted) {
    aheadBytes = Math.min(Math.max(wanted, 0), AHEAD_BYTES_MAX);
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() throws IOException {
    open = false;
    source.close();
  }

  private record StagedSource(FileChannel file) implements Source {
    @Override
    public void read(ByteRange range, byte[] target, int targetOffset) throws IOException {
      var buffer = ByteBuffer.wrap(target, targetOffset, (int) range.bytes());
      for (var at = range.start(); buffer.hasRemaining(); ) {
        int n = file.read(buffer, at);
        if (n < 0) {
          throw new EOFException("the staged pack ends before byte " + range.end());
        }
        at += n;
      }
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
