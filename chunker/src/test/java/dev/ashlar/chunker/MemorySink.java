package dev.ashlar.chunker;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.FileManifest;
import dev.ashlar.core.xorb.ChunkCodec;
import dev.ashlar.core.xorb.XorbIndex;
import dev.ashlar.core.xorb.XorbReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Keeps xorbs in memory; each is read back and verified as if it came from outside. */
final class MemorySink implements XorbSink {
  private final Map<MerkleHash, XorbIndex> indexes = new LinkedHashMap<>();
  private final Map<MerkleHash, byte[]> bodies = new HashMap<>();
  private final List<MerkleHash> published = new ArrayList<>();
  private int open;

  @Override
  public Draft begin() {
    open++;
    var body = new ByteArrayOutputStream();
    return new Draft() {
      @Override
      public void append(byte[] bytes, int offset, int length) {
        body.write(bytes, offset, length);
      }

      @Override
      public void publish(MerkleHash xorb, XorbIndex index) throws IOException {
        var read =
            XorbReader.verify(
                new ByteArrayInputStream(body.toByteArray()),
                xorb,
                OutputStream.nullOutputStream());
        if (!read.chunks().equals(index.chunks()) || read.bodyBytes() != index.bodyBytes()) {
          throw new IllegalStateException("the index is not that of the body");
        }
        open--;
        indexes.putIfAbsent(xorb, index);
        bodies.putIfAbsent(xorb, body.toByteArray());
        published.add(xorb);
      }

      @Override
      public void discard() {
        open--;
      }
    };
  }

  /** The xorbs published since the last call, in their order. */
  List<MerkleHash> takePublished() {
    var taken = List.copyOf(published);
    published.clear();
    return taken;
  }

  int openDrafts() {
    return open;
  }

  XorbIndex index(MerkleHash xorb) {
    return Objects.requireNonNull(indexes.get(xorb));
  }

  byte[] body(MerkleHash xorb) {
    return Objects.requireNonNull(bodies.get(xorb));
  }

  Map<MerkleHash, XorbIndex> indexes() {
    return indexes;
  }

  /** The file's bytes, chunk after chunk. */
  byte[] read(FileManifest manifest) {
    var out = new ByteArrayOutputStream();
    var codec = new ChunkCodec();
    var raw = new byte[Chunker.BYTES_MAX];
    for (var term : manifest.terms()) {
      var index = index(term.xorb());
      for (int i = term.chunks().start(); i < term.chunks().end(); i++) {
        int stored = index.bodyEnd(i) - index.bodyStart(i);
        int length = codec.decode(body(term.xorb()), index.bodyStart(i), stored, raw, 0);
        out.write(raw, 0, length);
      }
    }
    return out.toByteArray();
  }
}
