package dev.ashlar.core.hash;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The hashes of the Xet protocol, keyed {@link Blake3} throughout: chunks, xorbs, files, ranges and
 * dedup keys.
 *
 * <p>Xorb and file hashes are roots of a tree whose groups are cut where a child's hash is a
 * multiple of four, three to nine children each; a node's text lists its children as {@code hash :
 * bytes} lines. Source: the Xet protocol specification, sections on hashing.
 */
public final class XetHash {
  static final Blake3Key DATA_KEY =
      key("6697f5775b9550de3135cbaca597181c9de421109beb2b58b4d0b04b93adf229");
  private static final Blake3 DATA = new Blake3(DATA_KEY);
  private static final Blake3 NODE =
      keyed("017ec5c7a5472996fd946666b48a02e65ddd536f37c76dd2f86352e64a53713f");
  private static final Blake3 RANGE =
      keyed("7f1857d6ce56ed66127ff913e7a5c3f3a4cd26d5b5db49e64124987f28fb94c3");
  private static final Blake3 FILE = Blake3.keyed(new byte[32]);

  /** Nodes of a group at most. */
  static final int GROUP_MAX = 9;

  static final int GROUP_MIN = 3;
  static final int BRANCHING = 4;

  private XetHash() {}

  private static Blake3Key key(String hex) {
    return new Blake3Key(HexFormat.of().parseHex(hex));
  }

  private static Blake3 keyed(String hex) {
    return new Blake3(key(hex));
  }

  /** The hash of a chunk's uncompressed bytes. */
  public static MerkleHash chunk(byte[] bytes, int offset, int length) {
    return DATA.hash(bytes, offset, length);
  }

  /** The same, written to {@code target} at {@code at}. */
  public static void chunk(byte[] bytes, int offset, int length, byte[] target, int at) {
    DATA.hash(bytes, offset, length, target, at);
  }

  /**
   * The hashes of {@code count} chunks, {@code bytes[bounds[2 * i] .. bounds[2 * i + 1])}, one
   * behind the other from {@code target[at]} on. Whether that is faster than one after the other
   * tells {@link ChunkHasher#gainsByMany} of {@link Blake3#inUse}.
   */
  public static void chunks(byte[] bytes, int[] bounds, int count, byte[] target, int at) {
    DATA.hashAll(bytes, bounds, count, target, at);
  }

  /** The hash of a xorb: the root over its chunks in order. One chunk is its own root. */
  public static MerkleHash xorb(List<HashedChunk> chunks) {
    return root(chunks);
  }

  /**
   * The same over {@code count} chunks whose raw hashes stand one behind the other, and whose bytes
   * end at {@code ends}. Both arrays are used up.
   */
  public static MerkleHash xorb(byte[] hashes, int[] ends, int count) {
    return NodeRow.root(hashes, ends, count);
  }

  /** The hash of a file: the salted root over all its chunks; zeros for the empty file. */
  public static MerkleHash file(List<HashedChunk> chunks) {
    return chunks.isEmpty() ? MerkleHash.ZERO : salted(root(chunks));
  }

  /** The file hash that belongs to a root. */
  static MerkleHash salted(MerkleHash root) {
    return FILE.hash(root.bytes(), 0, MerkleHash.BYTES);
  }

  /** The verification hash of a term: over the raw hashes of its chunks in order. */
  public static MerkleHash range(List<MerkleHash> chunks) {
    var bytes = new byte[chunks.size() * MerkleHash.BYTES];
    for (int i = 0; i < chunks.size(); i++) {
      chunks.get(i).write(bytes, i * MerkleHash.BYTES);
    }
    return RANGE.hash(bytes, 0, bytes.length);
  }

  /** The name of a chunk under a dedup answer's key of 32 bytes. */
  public static MerkleHash keyed(MerkleHash chunk, byte[] key) {
    return Blake3.keyed(key).hash(chunk.bytes(), 0, MerkleHash.BYTES);
  }

  private static MerkleHash root(List<HashedChunk> leaves) {
    if (leaves.isEmpty()) {
      return MerkleHash.ZERO;
    }
    var nodes = leaves;
    while (nodes.size() > 1) {
      nodes = parents(nodes);
    }
    return nodes.getFirst().hash();
  }

  /** The nodes one level up. */
  static List<HashedChunk> parents(List<HashedChunk> nodes) {
    var parents = new ArrayList<HashedChunk>(nodes.size() / GROUP_MIN + 1);
    for (int from = 0; from < nodes.size(); ) {
      int to = from + groupSize(nodes, from);
      parents.add(parent(nodes.subList(from, to)));
      from = to;
    }
    return parents;
  }

  /** The hashes of {@code count} nodes from the texts of their children, like {@link #chunks}. */
  static void nodes(byte[] texts, int[] bounds, int count, byte[] target, int at) {
    NODE.hashAll(texts, bounds, count, target, at);
  }

  private static int groupSize(List<HashedChunk> nodes, int from) {
    int left = nodes.size() - from;
    if (left < GROUP_MIN) {
      return left;
    }
    int end = Math.min(GROUP_MAX, left);
    for (int i = GROUP_MIN - 1; i < end; i++) {
      if (endsGroup(nodes.get(from + i), i + 1)) {
        return i + 1;
      }
    }
    return end;
  }

  /** Whether a group ends at this node, which is its {@code size}-th. */
  static boolean endsGroup(HashedChunk node, int size) {
    return size == GROUP_MAX || (size >= GROUP_MIN && isNatural(node));
  }

  /** Whether the node itself asks for a group's end: one of four does. */
  static boolean isNatural(HashedChunk node) {
    return node.hash().lowBits(BRANCHING) == 0;
  }

  static HashedChunk parent(List<HashedChunk> children) {
    var text = new byte[children.size() * NodeText.LINE_BYTES_MAX];
    int at = 0;
    long bytes = 0;
    for (var child : children) {
      var hash = child.hash();
      at = NodeText.line(hash.w0(), hash.w1(), hash.w2(), hash.w3(), child.bytes(), text, at);
      bytes += child.bytes();
    }
    return new HashedChunk(NODE.hash(text, 0, at), bytes);
  }
}
