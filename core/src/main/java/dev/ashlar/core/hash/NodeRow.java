package dev.ashlar.core.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * One level of a xorb's tree in arrays, turned into the level above until one node is left: the
 * root of {@link XetHash#xorb}, without an object a node.
 *
 * <p>Raw hashes stand one behind the other; node {@code i} covers the bytes from the end of the one
 * before to {@code ends[i]}. A parent stands no further back than its first child, so it may take
 * that place.
 */
final class NodeRow {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int LAST_WORD = 3 * Long.BYTES;

  /** Nodes whose texts are gathered and hashed at once. */
  private static final int TEXTS_MAX = 16;

  /** What a thread gathers texts in. */
  private static final class Scratch {
    final byte[] texts = new byte[TEXTS_MAX * XetHash.GROUP_MAX * NodeText.LINE_BYTES_MAX];
    final int[] bounds = new int[2 * TEXTS_MAX];
  }

  private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

  private final byte[] texts;
  private final int[] bounds;
  private final byte[] hashes;
  private final int[] ends;

  private NodeRow(byte[] hashes, int[] ends) {
    var scratch = SCRATCH.get();
    this.texts = scratch.texts;
    this.bounds = scratch.bounds;
    this.hashes = hashes;
    this.ends = ends;
  }

  /** The root over the first {@code count} nodes; both arrays are used up. */
  static MerkleHash root(byte[] hashes, int[] ends, int count) {
    if (count == 0) {
      return MerkleHash.ZERO;
    }
    var row = new NodeRow(hashes, ends);
    int nodes = count;
    while (nodes > 1) {
      nodes = row.raise(nodes);
    }
    return MerkleHash.read(hashes, 0);
  }

  /** Turns the first {@code nodes} into their parents and returns how many these are. */
  private int raise(int nodes) {
    int parents = 0;
    int gathered = 0;
    int begin = 0;
    int at = 0;
    for (int from = 0; from < nodes; ) {
      int to = from + groupSize(from, nodes - from);
      int end = ends[to - 1];
      bounds[2 * gathered] = at;
      at = text(from, to, begin, at);
      bounds[2 * gathered++ + 1] = at;
      ends[parents++] = end;
      begin = end;
      from = to;
      if (gathered == TEXTS_MAX || from == nodes) {
        XetHash.nodes(texts, bounds, gathered, hashes, (parents - gathered) * MerkleHash.BYTES);
        gathered = 0;
        at = 0;
      }
    }
    return parents;
  }

  private int groupSize(int from, int left) {
    int sizeMax = Math.min(XetHash.GROUP_MAX, left);
    for (int size = XetHash.GROUP_MIN; size < sizeMax; size++) {
      if (isNatural(from + size - 1)) {
        return size;
      }
    }
    return sizeMax;
  }

  /** Whether the node itself asks for a group's end. */
  private boolean isNatural(int node) {
    return (word(node, LAST_WORD) & (XetHash.BRANCHING - 1)) == 0;
  }

  /**
   * Writes the text of the nodes {@code from..to}, the first of which begins at byte {@code begin}
   * of the xorb, at {@code textAt} and returns where it ends.
   */
  private int text(int from, int to, int begin, int textAt) {
    int at = textAt;
    int start = begin;
    for (int node = from; node < to; node++) {
      long bytes = ends[node] - (long) start;
      start = ends[node];
      at =
          NodeText.line(
              word(node, 0), word(node, 8), word(node, 16), word(node, 24), bytes, texts, at);
    }
    return at;
  }

  private long word(int node, int offset) {
    return (long) WORD.get(hashes, node * MerkleHash.BYTES + offset);
  }
}
