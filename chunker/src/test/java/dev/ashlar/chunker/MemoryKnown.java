package dev.ashlar.chunker;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.FileManifest;
import dev.ashlar.core.manifest.Term;
import dev.ashlar.core.xorb.XorbIndex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A sparse index like the store's: first chunks of files and one chunk in 1,024. */
final class MemoryKnown implements KnownChunks {
  private final MemorySink store;
  private final Map<MerkleHash, List<MerkleHash>> near = new HashMap<>();
  private final List<MerkleHash> asked = new ArrayList<>();
  private @Nullable FileManifest expected;

  MemoryKnown(MemorySink store) {
    this.store = store;
  }

  /** Indexes a stored file: its eligible chunks lead to all its xorbs. */
  MemoryKnown add(FileManifest manifest) {
    var xorbs = manifest.terms().stream().map(Term::xorb).distinct().toList();
    var first = manifest.terms().getFirst();
    near.put(store.index(first.xorb()).hash(first.chunks().start()), xorbs);
    for (var xorb : xorbs) {
      for (var chunk : store.index(xorb).chunks()) {
        if (chunk.hash().isEligible()) {
          near.put(chunk.hash(), xorbs);
        }
      }
    }
    return this;
  }

  MemoryKnown expect(FileManifest manifest) {
    expected = manifest;
    return this;
  }

  @Override
  public List<KnownXorb> near(MerkleHash chunk) {
    asked.add(chunk);
    return near.getOrDefault(chunk, List.of()).stream()
        .map(xorb -> new KnownXorb(xorb, store.index(xorb)))
        .toList();
  }

  @Override
  public Optional<FileManifest> expected() {
    return Optional.ofNullable(expected);
  }

  @Override
  public Optional<XorbIndex> index(MerkleHash xorb) {
    return Optional.ofNullable(store.indexes().get(xorb));
  }

  List<MerkleHash> asked() {
    return asked;
  }
}
