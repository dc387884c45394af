package dev.ashlar.bench;

import dev.ashlar.core.hash.HashedChunk;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.XetHash;
import dev.ashlar.core.manifest.ByteRange;
import dev.ashlar.core.manifest.ChunkRange;
import dev.ashlar.core.manifest.FileManifest;
import dev.ashlar.core.manifest.Term;
import dev.ashlar.core.xorb.XorbFooter;
import dev.ashlar.core.xorb.XorbIndex;
import dev.ashlar.core.xorb.XorbReader;
import dev.ashlar.objectstore.FileStore;
import dev.ashlar.objectstore.ObjectKey;
import dev.ashlar.objectstore.Staging;
import dev.ashlar.objectstore.StoredXorbs;
import dev.ashlar.reconstruction.Assembler;
import dev.ashlar.reconstruction.ReconstructionPlan;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file whose one xorb lies in a store of files, read as the gateway reads it. */
final class RebuiltFile {
  private final FileManifest manifest;
  private final ObjectKey key = ObjectKey.fresh("xorb");
  private final StoredXorbs xorbs;
  private final Assembler assembler;

  /** Stores the xorb, whose body has these chunks, below the folder. */
  RebuiltFile(byte[] body, List<HashedChunk> chunks, Path folder) throws IOException {
    var xorb = XetHash.xorb(chunks);
    var index = store(body, xorb, folder);
    this.xorbs = new StoredXorbs(FileStore.forReading(folder));
    var all = new ChunkRange(0, index.chunkCount());
    this.manifest =
        new FileManifest(MerkleHash.ZERO, List.of(new Term(xorb, all, index.rawBytes())));
    this.assembler = new Assembler((_, some, target) -> xorbs.read(key, some, target), this::index);
  }

  private XorbIndex store(byte[] body, MerkleHash xorb, Path folder) throws IOException {
    var staging = new Staging(folder.resolve("staging"));
    var store = FileStore.open(folder, staging);
    var staged = staging.newFile();
    try (var out = Files.newOutputStream(staged)) {
      var index = XorbReader.verify(new ByteArrayInputStream(body), xorb, out);
      out.write(XorbFooter.write(xorb, index));
      store.publish(key, staged);
      return index;
    }
  }

  private XorbIndex index(MerkleHash xorb) {
    try {
      return xorbs.index(key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Plans and writes the whole file. */
  void write(OutputStream out) throws IOException {
    var whole = new ByteRange(0, manifest.bytes());
    assembler.write(ReconstructionPlan.of(manifest, whole, this::index), out);
  }
}
