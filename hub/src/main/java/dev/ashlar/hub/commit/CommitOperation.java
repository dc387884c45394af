package dev.ashlar.hub.commit;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.hub.tree.LfsPointer;
import dev.ashlar.hub.tree.RepoPath;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;

/** One change of a commit; the bytes of inline files are stored by now. */
public sealed interface CommitOperation {
  /** Where the change happens. */
  RepoPath path();

  /** An inline file that became a Git blob; its text may be a pointer. */
  record PutBlob(RepoPath path, ObjectId blob, Optional<LfsPointer> pointer)
      implements CommitOperation {}

  /** An inline file that was too large for Git. */
  record PutLarge(RepoPath path, LfsPointer pointer, MerkleHash file) implements CommitOperation {}

  /** A file that was uploaded before; clients that copy one leave the size out. */
  record PutLfs(RepoPath path, Sha256 oid, OptionalLong bytes) implements CommitOperation {}

  /** A file that stands elsewhere in the repository. */
  record Copy(RepoPath path, FileMode mode, ObjectId blob, Optional<LfsPointer> pointer)
      implements CommitOperation {}

  /** Removes one file. */
  record DeleteFile(RepoPath path) implements CommitOperation {}

  /** Removes a folder and all below. */
  record DeleteFolder(RepoPath path) implements CommitOperation {}
}
