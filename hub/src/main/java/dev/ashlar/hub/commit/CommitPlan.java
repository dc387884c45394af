package dev.ashlar.hub.commit;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.commit.CommitOperation.Copy;
import dev.ashlar.hub.commit.CommitOperation.DeleteFile;
import dev.ashlar.hub.commit.CommitOperation.DeleteFolder;
import dev.ashlar.hub.commit.CommitOperation.PutBlob;
import dev.ashlar.hub.commit.CommitOperation.PutLarge;
import dev.ashlar.hub.commit.CommitOperation.PutLfs;
import dev.ashlar.hub.tree.HeldFiles.HeldFile;
import dev.ashlar.hub.tree.LfsPointer;
import dev.ashlar.hub.tree.RepoPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectInserter;

/**
 * What a commit will do: its operations with every large file found, and the files to hold. Made
 * before any ref is read, so that it can be applied again when another commit came first.
 */
final class CommitPlan {
  private final List<CommitOperation> operations;
  private final Set<MerkleHash> files = new LinkedHashSet<>();

  private CommitPlan(List<CommitOperation> operations) {
    this.operations = List.copyOf(operations);
  }

  /** The objects that a commit names without bringing them. */
  static Set<Sha256> named(List<CommitOperation> operations) {
    var oids = new LinkedHashSet<Sha256>();
    for (var operation : operations) {
      switch (operation) {
        case PutLfs put -> oids.add(put.oid());
        case PutBlob put -> put.pointer().ifPresent(pointer -> oids.add(pointer.oid()));
        case Copy copy -> copy.pointer().ifPresent(pointer -> oids.add(pointer.oid()));
        case PutLarge _, DeleteFile _, DeleteFolder _ -> {}
      }
    }
    return oids;
  }

  /** Plans the operations, given those of the named objects that the repository holds. */
  static CommitPlan of(List<CommitOperation> operations, Map<Sha256, HeldFile> held) {
    var known = new ArrayList<CommitOperation>(operations.size());
    for (var operation : operations) {
      known.add(operation instanceof PutLfs put ? found(put, held) : operation);
    }
    var plan = new CommitPlan(known);
    for (var operation : known) {
      switch (operation) {
        case PutLarge put -> plan.files.add(put.file());
        case PutBlob put -> put.pointer().ifPresent(pointer -> plan.keep(put, pointer, held));
        case Copy copy -> copy.pointer().ifPresent(pointer -> plan.keep(copy, pointer, held));
        case PutLfs _, DeleteFile _, DeleteFolder _ -> {}
      }
    }
    return plan;
  }

  /** Text that is a pointer is held to what a push is: others would get a file without bytes. */
  private void keep(PutBlob put, LfsPointer pointer, Map<Sha256, HeldFile> held) {
    var bytes = OptionalLong.of(pointer.bytes());
    files.add(found("LFS pointer " + put.path(), pointer.oid(), bytes, held).hash());
  }

  private void keep(Copy copy, LfsPointer pointer, Map<Sha256, HeldFile> held) {
    var bytes = OptionalLong.empty();
    files.add(found("copyFile " + copy.path(), pointer.oid(), bytes, held).hash());
  }

  private static PutLarge found(PutLfs put, Map<Sha256, HeldFile> held) {
    var file = found("lfsFile " + put.path(), put.oid(), put.bytes(), held);
    return new PutLarge(put.path(), new LfsPointer(put.oid(), file.bytes()), file.hash());
  }

  private static HeldFile found(
      String what, Sha256 oid, OptionalLong bytes, Map<Sha256, HeldFile> held) {
    var file = held.get(oid);
    if (file == null) {
      throw new ProblemException(new Invalid(what, "object " + oid + " was not uploaded here"));
    }
    if (bytes.isPresent() && bytes.getAsLong() != file.bytes()) {
      throw new ProblemException(
          new Invalid(
              what, "object " + oid + " has " + file.bytes() + " bytes, not " + bytes.getAsLong()));
    }
    return file;
  }

  /** The files that the repository must hold for good. */
  Set<MerkleHash> files() {
    return files;
  }

  /**
   * Changes a draft in the order of the operations.
   *
   * @return the large files that were put and not removed again
   */
  Set<RepoPath> applyTo(DraftTree draft, ObjectInserter inserter) throws IOException {
    var large = new LinkedHashSet<RepoPath>();
    for (var operation : operations) {
      var path = operation.path();
      switch (operation) {
        case PutBlob(var _, var blob, var _) -> draft.put(path, FileMode.REGULAR_FILE, blob);
        case PutLarge(var _, var pointer, var _) -> {
          var blob = inserter.insert(Constants.OBJ_BLOB, pointer.blob());
          draft.put(path, FileMode.REGULAR_FILE, blob);
        }
        case Copy(var _, var mode, var blob, var _) -> draft.put(path, mode, blob);
        case PutLfs put -> throw new IllegalStateException("not planned: " + put);
        case DeleteFile(var _) -> require(draft.removeFile(path), path);
        case DeleteFolder(var _) -> require(draft.removeFolder(path), path);
      }
      if (operation instanceof PutLarge
          || (operation instanceof PutBlob put && put.pointer().isPresent())
          || (operation instanceof Copy copy && copy.pointer().isPresent())) {
        large.add(path);
      } else {
        large.remove(path);
      }
    }
    var left = new LinkedHashSet<RepoPath>();
    for (var path : large) {
      if (draft.file(path.text()).isPresent()) {
        left.add(path);
      }
    }
    return left;
  }

  private static void require(boolean wasThere, RepoPath path) {
    if (!wasThere) {
      throw new ProblemException(new Missing(Kind.ENTRY_TO_DELETE, path.text()));
    }
  }
}
