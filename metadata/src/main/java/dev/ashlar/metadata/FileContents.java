package dev.ashlar.metadata;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.FileManifest;
import dev.ashlar.core.manifest.Term;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What files are made of, remembered from one request to the next. A look at the file comes first,
 * and tells by its epoch whether what is remembered is still so; whether somebody may read the file
 * is never remembered.
 */
public final class FileContents {
  private static final int FILE_BYTES = 400;
  private static final int TERM_BYTES = 48;
  private static final int XORB_BYTES = 350;

  private final Database database;
  private final Cache<Long, Remembered> remembered;

  /** Remembers files that take up to about {@code bytesMax} of memory. */
  public FileContents(Database database, long bytesMax) {
    this.database = database;
    this.remembered =
        Caffeine.newBuilder()
            .maximumWeight(bytesMax)
            .weigher((Long _, Remembered file) -> bytes(file.content()))
            .build();
  }

  /** A file's terms, and the rows of the xorbs that they lie in and that can be read. */
  public record Content(FileManifest manifest, Map<MerkleHash, StoredXorb> xorbs) {}

  private record Remembered(long epoch, Content content) {}

  private static int bytes(Content content) {
    return FILE_BYTES
        + content.manifest().terms().size() * TERM_BYTES
        + content.xorbs().size() * XORB_BYTES;
  }

  /** What the file is made of; empty when it has gone since the look. */
  public Optional<Content> open(MerkleHash file, SeenFile seen) {
    var known = remembered.getIfPresent(seen.id());
    if (known != null && known.epoch() == seen.epoch()) {
      return Optional.of(known.content());
    }
    var content = read(file);
    content.ifPresent(found -> remembered.put(seen.id(), new Remembered(seen.epoch(), found)));
    return content;
  }

  /** Reads what is there after the look, so that it can only be newer than the look's epoch. */
  private Optional<Content> read(MerkleHash file) {
    return database.read(
        db ->
            Manifests.find(db, file)
                .map(
                    manifest -> {
                      var xorbs =
                          manifest.terms().stream().map(Term::xorb).collect(Collectors.toSet());
                      return new Content(manifest, Map.copyOf(Xorbs.find(db, xorbs)));
                    }));
  }
}
