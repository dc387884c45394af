package dev.ashlar.hub.smart;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.hub.repo.PullRef;
import dev.ashlar.hub.tree.HeldFiles;
import dev.ashlar.hub.tree.HeldFiles.HeldFile;
import dev.ashlar.hub.tree.LfsPointer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.Repository;

/**
 * The large files that the pointers of a push name. Their bytes must have been uploaded to this
 * very repository: a hash is no permission.
 */
final class NamedFiles {
  private final HeldFiles held;
  private final long repoId;
  private final Set<MerkleHash> files = new LinkedHashSet<>();
  private final Set<MerkleHash> proposed = new LinkedHashSet<>();

  NamedFiles(HeldFiles held, long repoId) {
    this.held = held;
    this.repoId = repoId;
  }

  /**
   * Adds the files of these pointers of a ref, each with a path for the message when it is not
   * here.
   */
  void add(String ref, Map<LfsPointer, String> pointers, Findings findings) {
    var found = held.find(repoId, pointers.keySet().stream().map(LfsPointer::oid).toList());
    List<MerkleHash> here = new ArrayList<>();
    pointers.forEach((pointer, path) -> require(pointer, path, found, here, findings));
    if (findings.isEmpty()) {
      (PullRef.of(ref).isPresent() ? proposed : files).addAll(here);
    }
  }

  private static void require(
      LfsPointer pointer,
      String path,
      Map<Sha256, HeldFile> found,
      List<MerkleHash> here,
      Findings findings) {
    var file = found.get(pointer.oid());
    if (file == null) {
      findings.add(
          path
              + ": LFS object "
              + pointer.oid()
              + " was not uploaded to this repository; run: git lfs push --all origin");
    } else if (file.bytes() != pointer.bytes()) {
      findings.add(
          path
              + ": LFS object "
              + pointer.oid()
              + " has "
              + file.bytes()
              + " bytes, the pointer says "
              + pointer.bytes());
    } else {
      here.add(file.hash());
    }
  }

  /** Lets the repository hold the files for good, in the transaction that moves the refs. */
  void keep(Repository repo) {
    if (!files.isEmpty()) {
      held.keep(repo, repoId, files, false);
    }
    if (!proposed.isEmpty()) {
      held.keep(repo, repoId, proposed, true);
    }
  }
}
