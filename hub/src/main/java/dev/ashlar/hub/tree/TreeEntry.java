package dev.ashlar.hub.tree;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import org.jspecify.annotations.Nullable;

/** An entry of a listing, as clients read it; absent fields are left out. */
@JsonInclude(Include.NON_NULL)
public record TreeEntry(
    String type,
    String path,
    long size,
    String oid,
    @Nullable Lfs lfs,
    @Nullable String xetHash,
    @Nullable LastCommit lastCommit) {
  /** What the pointer of a large file says. */
  public record Lfs(String oid, long size, int pointerSize) {}

  /** The newest commit that changed the entry. */
  public record LastCommit(String id, String title, String date) {}

  TreeEntry withLastCommit(@Nullable LastCommit commit) {
    return new TreeEntry(type, path, size, oid, lfs, xetHash, commit);
  }
}
