package dev.ashlar.hub.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Map;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;

/** Makes trees and commits for tests; the inserter is not flushed. */
final class Trees {
  private static final PersonIdent AUTHOR = new PersonIdent("Ada", "ada@example.org");

  private Trees() {}

  static ObjectId tree(ObjectInserter inserter, Map<String, String> textByPath) throws IOException {
    var index = DirCache.newInCore();
    var builder = index.builder();
    for (var file : textByPath.entrySet()) {
      var entry = new DirCacheEntry(file.getKey());
      entry.setFileMode(FileMode.REGULAR_FILE);
      entry.setObjectId(inserter.insert(Constants.OBJ_BLOB, file.getValue().getBytes(UTF_8)));
      builder.add(entry);
    }
    builder.finish();
    return index.writeTree(inserter);
  }

  static ObjectId commit(ObjectInserter inserter, ObjectId tree, String title, ObjectId... parents)
      throws IOException {
    var commit = new CommitBuilder();
    commit.setTreeId(tree);
    commit.setParentIds(parents);
    commit.setAuthor(AUTHOR);
    commit.setCommitter(AUTHOR);
    commit.setMessage(title);
    return inserter.insert(commit);
  }
}
