package dev.ashlar.hub.tree;

import java.nio.charset.StandardCharsets;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;

/** One line of a Git tree: a name, its mode and what it points at. */
public record GitEntry(String name, FileMode mode, ObjectId id) {
  /** Whether it is a folder. */
  public boolean isFolder() {
    return FileMode.TREE.equals(mode);
  }

  /** Whether it is a file or a symbolic link, and not a submodule. */
  public boolean isFile() {
    return !isFolder() && !FileMode.GITLINK.equals(mode);
  }

  /** A name as Git's order compares it: by bytes, a folder's name as if it ended in a slash. */
  public static byte[] sortKey(String name, boolean isFolder) {
    return (isFolder ? name + "/" : name).getBytes(StandardCharsets.UTF_8);
  }
}
