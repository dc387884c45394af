package dev.ashlar.core.xorb;

import dev.ashlar.core.hash.MerkleHash;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The tail of a stored xorb: the protocol's footer of version 1, then our checksum section.
 *
 * <p>With {@code n} chunks, integers little-endian:
 *
 * <pre>
 * XETBLOB, 1, xorb hash                      8 + 32
 * XBLBHSH, 0, n, chunk hashes                8 + 4 + 32 n
 * XBLBBND, 1, n, body ends, raw ends         8 + 4 + 8 n
 * n, 52 + 40 n, 40 + 8 n, 16 zero bytes      28
 * 92 + 40 n                                  4      the footer ends here
 *
 * CRC32C of each stored chunk                4 n
 * n                                          4
 * CRC32C of the tail up to here              4
 * length of this section, 20 + 4 n           4
 * ASHLRCRC                                   8
 * </pre>
 *
 * <p>Whoever has the object's last {@link #TRAILER_BYTES} bytes knows the tail's length from {@link
 * #tailBytes}, and reads it with a second request.
 */
public final class XorbFooter {
  /** The bytes at the very end that tell the length of the tail. */
  public static final int TRAILER_BYTES = 20;

  private static final byte[] HEAD = ascii("XETBLOB");
  private static final byte[] HASHES = ascii("XBLBHSH");
  private static final byte[] BOUNDS = ascii("XBLBBND");
  private static final byte[] MAGIC = ascii("ASHLRCRC");

  private XorbFooter() {}

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The length of the protocol's footer. */
  static int standardBytes(int chunks) {
    return 96 + 40 * chunks;
  }

  private static int sectionBytes(int chunks) {
    return TRAILER_BYTES + 4 * chunks;
  }

  /** True when these bytes, at a place for a chunk header, begin a footer. */
  static boolean begins(byte[] bytes, int at) {
    return Arrays.equals(bytes, at, at + HEAD.length, HEAD, 0, HEAD.length);
  }

  /** The tail to store behind the body. */
  public static byte[] write(MerkleHash hash, XorbIndex index) {
    int n = index.chunkCount();
    var bytes = new byte[standardBytes(n) + sectionBytes(n)];
    var tail = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    putStandard(hash, index, tail);
    for (int i = 0; i < n; i++) {
      tail.putInt(index.crc32c(i));
    }
    tail.putInt(n);
    tail.putInt(crc(bytes, tail.position()));
    tail.putInt(sectionBytes(n));
    tail.put(MAGIC);
    return bytes;
  }

  private static void putStandard(MerkleHash hash, XorbIndex index, ByteBuffer footer) {
    int n = index.chunkCount();
    footer.put(HEAD).put((byte) 1).put(hash.bytes());
    footer.put(HASHES).put((byte) 0).putInt(n);
    index.putHashes(footer);
    footer.put(BOUNDS).put((byte) 1).putInt(n);
    for (int i = 0; i < n; i++) {
      footer.putInt(index.bodyEnd(i));
    }
    for (int i = 0; i < n; i++) {
      footer.putInt(index.rawEnd(i));
    }
    footer.putInt(n).putInt(52 + 40 * n).putInt(40 + 8 * n);
    footer.putLong(0).putLong(0);
    footer.putInt(92 + 40 * n);
  }

  /** The length of the tail, from the object's last {@link #TRAILER_BYTES} bytes. */
  public static int tailBytes(byte[] trailer) throws CorruptXorbException {
    if (trailer.length != TRAILER_BYTES) {
      throw new IllegalArgumentException("a trailer of " + trailer.length + " bytes");
    }
    return tailBytes(ByteBuffer.wrap(trailer).order(ByteOrder.LITTLE_ENDIAN));
  }

  private static int tailBytes(ByteBuffer end) throws CorruptXorbException {
    int at = end.limit() - TRAILER_BYTES;
    var magic = new byte[MAGIC.length];
    end.get(at + 12, magic);
    require(Arrays.equals(magic, MAGIC), "it does not end with the checksum section");
    int n = end.getInt(at);
    require(n >= 1 && n <= XorbLimits.CHUNKS_MAX, "it claims " + n + " chunks");
    require(end.getInt(at + 8) == sectionBytes(n), "the checksum section's length is wrong");
    return standardBytes(n) + sectionBytes(n);
  }

  /**
   * Reads a tail: exactly the last {@link #tailBytes} bytes of an object of {@code objectBytes}.
   * All of it is checked, the chunk hashes against the xorb hash too.
   */
  public static StoredXorbTail read(byte[] tail, long objectBytes) throws CorruptXorbException {
    require(tail.length >= TRAILER_BYTES, "its tail is too short");
    var in = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN);
    require(tailBytes(in) == tail.length, "its tail has another length than it claims");
    int checked = tail.length - TRAILER_BYTES + 4;
    require(in.getInt(checked) == crc(tail, checked), "the checksum of its tail is wrong");
    int n = in.getInt(tail.length - TRAILER_BYTES);
    var hash = MerkleHash.read(tail, 8);
    var index = index(tail, n);
    require(index.bodyBytes() + tail.length == objectBytes, "its body has another length");
    var standard = new byte[standardBytes(n)];
    putStandard(hash, index, ByteBuffer.wrap(standard).order(ByteOrder.LITTLE_ENDIAN));
    require(
        Arrays.equals(tail, 0, standard.length, standard, 0, standard.length),
        "its footer is not of version 1");
    require(index.xorbHash().equals(hash), "its chunks make another hash");
    return new StoredXorbTail(hash, index);
  }

  private static XorbIndex index(byte[] tail, int n) throws CorruptXorbException {
    var in = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN);
    int hashes = 52;
    int bodyEnds = hashes + 32 * n + 12;
    int rawEnds = bodyEnds + 4 * n;
    int crcs = standardBytes(n);
    var chunks = new XorbIndex.Builder();
    for (int i = 0; i < n; i++) {
      long storedBytes = in.getInt(bodyEnds + 4 * i) - (long) chunks.bodyBytes();
      long rawBytes = in.getInt(rawEnds + 4 * i) - (long) chunks.rawBytes();
      require(
          storedBytes > ChunkHeader.BYTES
              && storedBytes <= ChunkHeader.BYTES + XorbLimits.CHUNK_PAYLOAD_BYTES_MAX
              && rawBytes > 0
              && rawBytes <= XorbLimits.CHUNK_RAW_BYTES_MAX
              && chunks.fits((int) storedBytes, (int) rawBytes),
          "chunk " + i + " has an impossible length");
      chunks.add(
          MerkleHash.read(tail, hashes + 32 * i),
          (int) rawBytes,
          (int) storedBytes,
          in.getInt(crcs + 4 * i));
    }
    return chunks.build();
  }

  private static int crc(byte[] bytes, int length) {
    var crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  private static void require(boolean holds, String reason) throws CorruptXorbException {
    if (!holds) {
      throw new CorruptXorbException("a stored xorb is damaged: " + reason);
    }
  }
}
