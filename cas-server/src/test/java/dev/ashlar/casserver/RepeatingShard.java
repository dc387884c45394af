package dev.ashlar.casserver;

import dev.ashlar.core.golden.GoldenFiles;
import dev.ashlar.core.hash.HashedChunk;
import dev.ashlar.core.hash.MerkleFold;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.hash.XetHash;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A shard of one file that consists of a golden xorb again and again, right in every field. */
final class RepeatingShard {
  private static final int RECORD = 48;

  private final MerkleHash file;
  private final byte[] bytes;

  private RepeatingShard(MerkleHash file, byte[] bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  MerkleHash file() {
    return file;
  }

  byte[] bytes() {
    return bytes.clone();
  }

  static RepeatingShard of(String golden, int times, Optional<Sha256> claim) {
    var xorb = GoldenFiles.json("xorbs/" + golden + ".json");
    List<HashedChunk> chunks = new ArrayList<>();
    for (var chunk : xorb.required("chunks")) {
      chunks.add(
          new HashedChunk(
              MerkleHash.parse(chunk.required("hash").asText()),
              chunk.required("length").asLong()));
    }
    var fold = new MerkleFold();
    for (int i = 0; i < times; i++) {
      chunks.forEach(fold::add);
    }
    var file = fold.file();
    var hash = MerkleHash.parse(xorb.required("hash").asText());
    var range = XetHash.range(chunks.stream().map(HashedChunk::hash).toList());
    var out =
        ByteBuffer.allocate(RECORD * (4 + 2 * times + (claim.isEmpty() ? 0 : 1)))
            .order(ByteOrder.LITTLE_ENDIAN);
    out.put(GoldenFiles.bytes("shards/one-file.bin"), 0, RECORD).putLong(40, 0);
    out.put(file.bytes()).putInt(claim.isEmpty() ? 1 << 31 : 3 << 30).putInt(times).putLong(0);
    for (int i = 0; i < times; i++) {
      out.put(hash.bytes()).putInt(0).putInt(xorb.required("rawBytes").asInt());
      out.putInt(0).putInt(chunks.size());
    }
    for (int i = 0; i < times; i++) {
      out.put(range.bytes()).putLong(0).putLong(0);
    }
    if (claim.isPresent()) {
      out.put(claim.get().toShard().bytes()).putLong(0).putLong(0);
    }
    for (int section = 0; section < 2; section++) {
      for (int word = 0; word < 4; word++) {
        out.putLong(-1);
      }
      out.putLong(0).putLong(0);
    }
    return new RepeatingShard(file, out.array());
  }

  /** A shard of files that differ in how they repeat the first two chunks of a xorb. */
  static byte[] ofManyFiles(String golden, int files) {
    var xorb = GoldenFiles.json("xorbs/" + golden + ".json");
    var hash = MerkleHash.parse(xorb.required("hash").asText());
    var chunks = new ArrayList<HashedChunk>();
    for (int i = 0; i < 2; i++) {
      var chunk = xorb.required("chunks").get(i);
      chunks.add(
          new HashedChunk(
              MerkleHash.parse(chunk.required("hash").asText()),
              chunk.required("length").asLong()));
    }
    var out = ByteBuffer.allocate(64 << 20).order(ByteOrder.LITTLE_ENDIAN);
    out.put(GoldenFiles.bytes("shards/one-file.bin"), 0, RECORD).putLong(40, 0);
    int bits = 32 - Integer.numberOfLeadingZeros(files);
    for (int n = 1; n <= files; n++) {
      var fold = new MerkleFold();
      for (int bit = 0; bit < bits; bit++) {
        fold.add(chunks.get(n >> bit & 1));
      }
      out.put(fold.file().bytes()).putInt(1 << 31).putInt(bits).putLong(0);
      for (int bit = 0; bit < bits; bit++) {
        int used = n >> bit & 1;
        out.put(hash.bytes()).putInt(0).putInt((int) chunks.get(used).bytes());
        out.putInt(used).putInt(used + 1);
      }
      for (int bit = 0; bit < bits; bit++) {
        out.put(XetHash.range(List.of(chunks.get(n >> bit & 1).hash())).bytes());
        out.putLong(0).putLong(0);
      }
    }
    for (int section = 0; section < 2; section++) {
      for (int word = 0; word < 4; word++) {
        out.putLong(-1);
      }
      out.putLong(0).putLong(0);
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  /** The same with bytes behind it that nobody reads, to that length. */
  byte[] padded(int length) {
    return Arrays.copyOf(bytes, length);
  }
}
