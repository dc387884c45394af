package dev.ashlar.hub.tree;

import dev.ashlar.core.hash.Sha256;
import dev.ashlar.hub.tree.BlobShapes.BlobShape;
import dev.ashlar.hub.tree.HeldFiles.HeldFile;
import dev.ashlar.hub.tree.TreeListing.Found;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;

/** Describes entries for clients: sizes, pointers and Xet hashes, with one query a page. */
public final class TreeEntries {
  private final BlobShapes shapes;
  private final HeldFiles held;

  /** Looks blobs up in {@code shapes} and large files in {@code held}. */
  public TreeEntries(BlobShapes shapes, HeldFiles held) {
    this.shapes = shapes;
    this.held = held;
  }

  /** The entries in the same order; submodules are left out. */
  public List<TreeEntry> describe(ObjectReader reader, long repoId, List<Found> found)
      throws IOException {
    var shapeOf = new ArrayList<Optional<BlobShape>>();
    Set<Sha256> oids = new LinkedHashSet<>();
    for (var one : found) {
      var shape =
          one.entry().isFile()
              ? Optional.of(shapes.of(reader, repoId, one.entry().id()))
              : Optional.<BlobShape>empty();
      shape.flatMap(BlobShape::pointer).ifPresent(pointer -> oids.add(pointer.oid()));
      shapeOf.add(shape);
    }
    var files = oids.isEmpty() ? Map.<Sha256, HeldFile>of() : held.find(repoId, oids);
    var entries = new ArrayList<TreeEntry>(found.size());
    for (int i = 0; i < found.size(); i++) {
      var one = found.get(i);
      if (one.entry().isFolder()) {
        entries.add(
            new TreeEntry("directory", one.path(), 0, one.entry().id().name(), null, null, null));
      } else if (shapeOf.get(i).isPresent()) {
        entries.add(file(one, shapeOf.get(i).get(), files));
      }
    }
    return entries;
  }

  private static TreeEntry file(Found found, BlobShape shape, Map<Sha256, HeldFile> files) {
    var oid = found.entry().id().name();
    if (shape.pointer().isEmpty()) {
      return new TreeEntry("file", found.path(), shape.bytes(), oid, null, null, null);
    }
    var pointer = shape.pointer().get();
    var lfs = new TreeEntry.Lfs(pointer.oid().toString(), pointer.bytes(), (int) shape.bytes());
    return new TreeEntry(
        "file", found.path(), pointer.bytes(), oid, lfs, xetHash(pointer, files), null);
  }

  /** A hash whose size differs from the pointer's would be a half-truth. */
  private static @Nullable String xetHash(LfsPointer pointer, Map<Sha256, HeldFile> files) {
    var file = files.get(pointer.oid());
    return file == null || file.bytes() != pointer.bytes() ? null : file.hash().toString();
  }
}
