package dev.ashlar.hub.info;

import dev.ashlar.hub.tree.BlobShapes;
import dev.ashlar.hub.tree.LfsPointer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;

/** The files of a commit as answers about repositories name them. */
final class Siblings {
  private final BlobShapes shapes;

  Siblings(BlobShapes shapes) {
    this.shapes = shapes;
  }

  List<Map<String, Object>> of(
      ObjectReader reader, long repoId, AnyObjectId tree, boolean withBlobs) throws IOException {
    var files = new ArrayList<Map<String, Object>>();
    try (var walk = new TreeWalk(reader)) {
      walk.addTree(tree);
      walk.setRecursive(true);
      while (walk.next()) {
        if (walk.getFileMode(0).getObjectType() == Constants.OBJ_BLOB) {
          files.add(file(reader, repoId, walk, withBlobs));
        }
      }
    }
    return files;
  }

  /** The names alone, if there is room for all of them. */
  static Optional<List<Map<String, String>>> names(
      ObjectReader reader, AnyObjectId tree, PageRoom room) throws IOException {
    room.begin();
    var files = new ArrayList<Map<String, String>>();
    try (var walk = new TreeWalk(reader)) {
      walk.addTree(tree);
      walk.setRecursive(true);
      while (walk.next()) {
        if (walk.getFileMode(0).getObjectType() == Constants.OBJ_BLOB) {
          var name = walk.getPathString();
          if (!room.take(name)) {
            return Optional.empty();
          }
          files.add(Map.of("rfilename", name));
        }
      }
    }
    return Optional.of(files);
  }

  private Map<String, Object> file(
      ObjectReader reader, long repoId, TreeWalk walk, boolean withBlobs) throws IOException {
    var path = walk.getPathString();
    if (!withBlobs) {
      return Map.of("rfilename", path);
    }
    var blob = walk.getObjectId(0);
    var shape = shapes.of(reader, repoId, blob);
    var file = new LinkedHashMap<String, Object>();
    file.put("rfilename", path);
    file.put("size", shape.fileBytes());
    file.put("blobId", blob.name());
    shape.pointer().ifPresent(pointer -> file.put("lfs", lfs(pointer, shape.bytes())));
    return file;
  }

  private static Map<String, Object> lfs(LfsPointer pointer, long pointerBytes) {
    return Map.of(
        "size", pointer.bytes(), "sha256", pointer.oid().toString(), "pointerSize", pointerBytes);
  }
}
