package dev.ashlar.core.xorb;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a xorb that came from outside, once, from front to back, and believes nothing.
 *
 * <p>Whole chunks are gathered in a block. A full block is handed over to be decoded and hashed,
 * and meanwhile it is copied and the next one is filled: so the work is done soon after the last
 * byte, and whoever computes never waits for the sender. The sums are checked before a chunk is
 * read. Behind the chunks some writers append a footer, which begins like no chunk can: its bytes
 * are counted and dropped.
 *
 * <p>Two blocks are held, and less than one until the body has brought more.
 */
public final class XorbReader {
  private static final int FIRST_BYTES = 32 << 10;

  /**
   * Longer than any stored chunk, so that a full block has at least one; less than half of the
   * smallest region of the heap, as the collector gives a whole region to what is larger.
   */
  private static final int BLOCK_BYTES = 448 << 10;

  private static final int DUMP_BYTES = 8 << 10;
  private static final int BLOCKS_KEPT = 32;
  private static final Spares<byte[]> FIRSTS =
      new Spares<>(BLOCKS_KEPT, () -> new byte[FIRST_BYTES]);
  private static final Spares<byte[]> BLOCKS =
      new Spares<>(BLOCKS_KEPT, () -> new byte[BLOCK_BYTES]);

  private final InputStream body;
  private final OutputStream copy;
  private final Hands hands;
  private final ChunkFrames frames = new ChunkFrames();
  private final ChunkHashes hashes = new ChunkHashes();
  private byte[] block = FIRSTS.take();
  private int filled;
  private int whole;
  private byte @Nullable [] handedOver;
  private Hands.Pending pending = () -> {};

  private XorbReader(InputStream body, OutputStream copy, Hands hands) {
    this.body = body;
    this.copy = copy;
    this.hands = hands;
  }

  /** Like the other, with all work done by the calling thread. */
  public static XorbIndex verify(InputStream body, MerkleHash expected, OutputStream copy)
      throws IOException {
    return verify(body, expected, copy, Hands.OWN);
  }

  /**
   * Reads {@code body} to its end, writes it without any footer to {@code copy} and returns its
   * index. A body that is not a xorb, or not the expected one, is a {@code Malformed} problem; what
   * was written to {@code copy} until then is worthless.
   */
  public static XorbIndex verify(
      InputStream body, MerkleHash expected, OutputStream copy, Hands hands) throws IOException {
    return new XorbReader(body, copy, hands).verify(expected);
  }

  private XorbIndex verify(MerkleHash expected) throws IOException {
    boolean ended = false;
    while (!ended) {
      int n = body.read(block, filled, block.length - filled);
      filled += Math.max(0, n);
      ended = n < 0 || frame();
      if (!ended && filled == block.length) {
        makeRoom();
      }
    }
    if (isFooter()) {
      dropFooter();
    } else if (whole < filled) {
      throw afterEarlier(cutShort());
    }
    if (frames.chunkCount() == 0) {
      throw Fault.at(0, "a xorb has at least one chunk");
    }
    return finish(expected);
  }

  /** Finds the chunks that are whole by now; true when a footer begins. */
  private boolean frame() throws IOException {
    try {
      while (!isFooter()) {
        int bytes = frames.next(block, whole, filled);
        if (bytes == 0) {
          return false;
        }
        whole += bytes;
      }
      return true;
    } catch (ProblemException fault) {
      throw afterEarlier(fault);
    }
  }

  private boolean isFooter() {
    return filled - whole >= ChunkHeader.BYTES && XorbFooter.begins(block, whole);
  }

  /** A fault in a chunk before this one counts first. */
  private ProblemException afterEarlier(ProblemException fault) throws IOException {
    pending.await();
    hands.hand(() -> hashes.add(block, whole)).await();
    return fault;
  }

  private ProblemException cutShort() {
    int part = filled - whole;
    return Fault.at(
        frames.bodyBytes() + (long) part,
        part < ChunkHeader.BYTES
            ? "the body ends within a chunk header"
            : "the body ends within a chunk");
  }

  /** The first, small block is exchanged; a full one is handed over and the other one goes on. */
  private void makeRoom() throws IOException {
    if (block.length < BLOCK_BYTES) {
      var larger = BLOCKS.take();
      System.arraycopy(block, 0, larger, 0, filled);
      giveBack(block);
      block = larger;
      return;
    }
    pending.await();
    var next = handedOver == null ? BLOCKS.take() : handedOver;
    var full = block;
    int bytes = whole;
    System.arraycopy(full, bytes, next, 0, filled - bytes);
    filled -= bytes;
    whole = 0;
    block = next;
    handedOver = full;
    pending = hands.hand(() -> hashes.add(full, bytes));
    copy.write(full, 0, bytes);
  }

  private XorbIndex finish(MerkleHash expected) throws IOException {
    pending.await();
    var last = block;
    int bytes = whole;
    pending =
        hands.hand(
            () -> {
              hashes.add(last, bytes);
              hashes.end(expected);
            });
    copy.write(last, 0, bytes);
    pending.await();
    giveBack(last);
    if (handedOver != null) {
      giveBack(handedOver);
    }
    return hashes.index();
  }

  /** After a failure nothing is given back: a thread may still be at work on it. */
  private static void giveBack(byte[] bytes) {
    (bytes.length == BLOCK_BYTES ? BLOCKS : FIRSTS).give(bytes);
  }

  private void dropFooter() throws IOException {
    var dump = new byte[DUMP_BYTES];
    long dropped = (long) filled - whole;
    while (true) {
      if (dropped > XorbLimits.FOOTER_BYTES_MAX) {
        throw Fault.at(
            frames.bodyBytes() + (long) XorbLimits.FOOTER_BYTES_MAX,
            "more bytes follow the chunks than a footer may have");
      }
      int n = body.read(dump, 0, dump.length);
      if (n < 0) {
        return;
      }
      dropped += n;
    }
  }
}
