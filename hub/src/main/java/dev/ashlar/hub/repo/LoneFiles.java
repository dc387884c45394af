package dev.ashlar.hub.repo;

import dev.ashlar.core.hash.Sha256;
import dev.ashlar.hub.git.GitRepositories;
import io.helidon.dbclient.DbTransaction;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Large files that stand in the history of some refs and in that of no other, and that only pull
 * requests ever brought.
 *
 * @param refs where all refs pointed when the histories were looked through
 */
public record LoneFiles(Map<String, ObjectId> refs, Set<Sha256> oids) {
  /** No file at all. */
  public static final LoneFiles NONE = new LoneFiles(Map.of(), Set.of());

  public LoneFiles {
    refs = Map.copyOf(refs);
    oids = Set.copyOf(oids);
  }

  /** Looks through histories. */
  @FunctionalInterface
  public interface Search {
    /** The files of refs with these names alone; none when there is too much to look through. */
    LoneFiles find(long repoId, Predicate<String> isMeant) throws IOException;
  }

  /**
   * Whether there are such files, and nothing but the refs that are meant has moved since, so that
   * nobody else needs them now. To be asked in a transaction that has locked the repository.
   */
  public boolean isStillTrue(DbTransaction tx, long repoId, Predicate<String> isMeant) {
    return !oids.isEmpty()
        && others(GitRepositories.refs(tx, repoId), isMeant).equals(others(refs, isMeant));
  }

  private static Map<String, ObjectId> others(
      Map<String, ObjectId> refs, Predicate<String> isMeant) {
    var others = new HashMap<>(refs);
    others.keySet().removeIf(isMeant);
    return others;
  }
}
