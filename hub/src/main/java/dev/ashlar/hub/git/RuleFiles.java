package dev.ashlar.hub.git;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;

/** The rule files of one name in a tree, at most one a folder, each read when first asked for. */
final class RuleFiles<R> {
  /** Longer files are taken as absent: no person writes them, and every path pays for them. */
  private static final int RULE_BYTES_MAX = 1 << 20;

  private final ObjectReader reader;
  private final AnyObjectId tree;
  private final String name;
  private final Parser<R> parser;
  private final Map<String, Optional<R>> byFolder = new HashMap<>();

  /** Turns the bytes of a rule file into rules. */
  @FunctionalInterface
  interface Parser<R> {
    R parse(InputStream bytes) throws IOException;
  }

  RuleFiles(ObjectReader reader, AnyObjectId tree, String name, Parser<R> parser) {
    this.reader = reader;
    this.tree = tree.copy();
    this.name = name;
    this.parser = parser;
  }

  /** Lets the bytes stand for the file in the root folder, whether the tree has one or not. */
  void putRoot(byte[] bytes) throws IOException {
    byFolder.put("", Optional.of(parser.parse(new ByteArrayInputStream(bytes))));
  }

  /** The rules of the folder, which is empty for the root and has no slash at its end. */
  Optional<R> in(String folder) throws IOException {
    var known = byFolder.get(folder);
    if (known == null) {
      known = load(folder);
      byFolder.put(folder, known);
    }
    return known;
  }

  private Optional<R> load(String folder) throws IOException {
    if (tree.equals(ObjectId.zeroId())) {
      return Optional.empty();
    }
    var path = folder.isEmpty() ? name : folder + "/" + name;
    try (var found = TreeWalk.forPath(reader, path, tree)) {
      if (found == null || (found.getRawMode(0) & 0170000) != 0100000) {
        return Optional.empty();
      }
      var blob = reader.open(found.getObjectId(0), Constants.OBJ_BLOB);
      if (blob.getSize() > RULE_BYTES_MAX) {
        return Optional.empty();
      }
      return Optional.of(parser.parse(new ByteArrayInputStream(blob.getCachedBytes())));
    }
  }

  /** The folder that holds the path; empty for the root. */
  static String folderOf(String path) {
    var slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  /** The path as seen from one of the folders above it. */
  static String relative(String path, String folder) {
    return folder.isEmpty() ? path : path.substring(folder.length() + 1);
  }
}
