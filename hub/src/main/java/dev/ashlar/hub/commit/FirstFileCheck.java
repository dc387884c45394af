package dev.ashlar.hub.commit;

import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.Problem.OverLimit;
import dev.ashlar.core.problem.Problem.Unprocessable;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.repo.FirstFileRule;
import dev.ashlar.hub.tree.FolderNames;
import dev.ashlar.hub.tree.LfsPointer;
import dev.ashlar.hub.tree.RepoPath;
import java.util.HashMap;
import java.util.Map;

/** The rules of a commit, for the files that a repository begins with: all are plain Git blobs. */
public final class FirstFileCheck implements FirstFileRule {
  private final long plainBytesMax;

  /** Larger files must come by LFS or Xet, once the repository is there. */
  public FirstFileCheck(long plainBytesMax) {
    this.plainBytesMax = plainBytesMax;
  }

  @Override
  public void check(Map<String, byte[]> files) {
    var folders = new HashMap<String, FolderNames>();
    files.forEach(
        (text, content) -> {
          var path = new RepoPath(text);
          requireDistinct(path, folders);
          requirePlain(path, content);
        });
  }

  private static void requireDistinct(RepoPath path, Map<String, FolderNames> folders) {
    var folder = "";
    for (var name : path.segments()) {
      folders
          .computeIfAbsent(folder, _ -> new FolderNames())
          .add(name)
          .ifPresent(
              other -> {
                throw new ProblemException(
                    new Unprocessable("path " + name, "it differs only in case from " + other));
              });
      folder += name + "/";
    }
  }

  /** Nothing was uploaded to a repository that is not there yet, so no pointer leads anywhere. */
  private void requirePlain(RepoPath path, byte[] content) {
    LfsPointer.parse(content)
        .ifPresent(
            pointer -> {
              throw new ProblemException(
                  new Invalid(
                      "LFS pointer " + path.text(),
                      "object " + pointer.oid() + " was not uploaded here"));
            });
    if (content.length > plainBytesMax) {
      throw new ProblemException(new OverLimit("first file " + path.text(), plainBytesMax));
    }
  }
}
