package dev.ashlar.casserver.intake;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.ByteRange;
import dev.ashlar.core.manifest.ChunkRange;
import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.core.xorb.XorbIndex;
import dev.ashlar.metadata.StoredXorb;
import dev.ashlar.objectstore.ObjectKey;
import dev.ashlar.objectstore.StoredXorbs;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;

/** The stored xorbs that one request may use, by hash: their rows, indexes and bytes. */
public final class UsedXorbs {
  private final Map<MerkleHash, StoredXorb> rows;
  private final StoredXorbs store;

  /** These rows over the store's bytes. */
  public UsedXorbs(Map<MerkleHash, StoredXorb> rows, StoredXorbs store) {
    this.rows = Map.copyOf(rows);
    this.store = store;
  }

  /** The hashes of all of them. */
  public Set<MerkleHash> hashes() {
    return rows.keySet();
  }

  /** Whether the request may use the xorb. */
  public boolean has(MerkleHash xorb) {
    return rows.containsKey(xorb);
  }

  /** The xorb's row. */
  public StoredXorb row(MerkleHash xorb) {
    var row = rows.get(xorb);
    if (row == null) {
      throw new ProblemException(new Missing(Kind.XORB, xorb.toString()));
    }
    return row;
  }

  /** Where the xorb's chunks lie; a failing store is an {@link UncheckedIOException}. */
  public XorbIndex index(MerkleHash xorb) {
    try {
      return store.index(new ObjectKey(row(xorb).storageKey()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads whole stored chunks of the xorb to the target's beginning, all checked when this returns.
   */
  public void read(MerkleHash xorb, ChunkRange chunks, ByteBuffer target) throws IOException {
    store.read(new ObjectKey(row(xorb).storageKey()), chunks, target);
  }

  /** Whole chunks of the xorb's body, checked as they are read. */
  public InputStream open(MerkleHash xorb, ByteRange body) throws IOException {
    return store.open(new ObjectKey(row(xorb).storageKey()), body);
  }
}
