package dev.ashlar.chunker;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.FileManifest;
import dev.ashlar.core.xorb.XorbIndex;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Port to what is stored already, as far as the uploader may use it. */
public interface KnownChunks {
  /** Lookups that never find anything. */
  KnownChunks NONE = _ -> List.of();

  /**
   * Xorbs worth matching against, the best first, because one of them holds {@code chunk}: empty
   * when none does. Asked only for a file's first chunk and for one chunk in 1,024.
   */
  List<KnownXorb> near(MerkleHash chunk) throws IOException;

  /**
   * A stored file that the coming bytes are said to be. It need not be true: every chunk is
   * compared before it is used.
   */
  default Optional<FileManifest> expected() throws IOException {
    return Optional.empty();
  }

  /** The index of a xorb of the expected file, if it may be used. */
  default Optional<XorbIndex> index(MerkleHash xorb) throws IOException {
    return Optional.empty();
  }
}
