package dev.ashlar.hub.tree;

import static org.eclipse.jgit.lib.Constants.HEAD;
import static org.eclipse.jgit.lib.Constants.R_HEADS;
import static org.eclipse.jgit.lib.Constants.R_REFS;
import static org.eclipse.jgit.lib.Constants.R_TAGS;

import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.core.problem.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Finds the commits that revision names stand for: a branch, a tag, 4 to 40 hex digits of a commit,
 * a full ref name, or HEAD for the default branch.
 */
public final class Revisions {
  private static final Pattern COMMIT_ID = Pattern.compile("[0-9a-f]{40}");
  private static final Pattern SHORT_ID = Pattern.compile("[0-9a-f]{4,39}");
  private static final List<String> NAMESPACES =
      List.of(R_HEADS, R_TAGS, "refs/pr/", "refs/convert/");

  private final Repository repo;
  private final String defaultBranch;

  /** Looks in a repository whose default branch has this short name. */
  public Revisions(Repository repo, String defaultBranch) {
    this.repo = repo;
    this.defaultBranch = defaultBranch;
  }

  /** The revision of this name, or RevisionNotFound. */
  public Revision require(String name) throws IOException {
    return find(name).orElseThrow(() -> missing(name));
  }

  /** The problem of an unknown revision. */
  public static ProblemException missing(String name) {
    return new ProblemException(new Missing(Kind.REVISION, name));
  }

  /** The revision of this name. */
  public Optional<Revision> find(String name) throws IOException {
    if (COMMIT_ID.matcher(name).matches()) {
      return commit(ObjectId.fromString(name)).map(c -> new Revision(name, c, Optional.empty()));
    }
    var ref = ref(name);
    if (ref.isPresent()) {
      return commit(target(ref.get())).map(c -> new Revision(name, c, ref.map(Ref::getName)));
    }
    return SHORT_ID.matcher(name).matches() ? abbreviated(name) : Optional.empty();
  }

  /** The branch, tag or other ref of this name. */
  public Optional<Ref> ref(String name) throws IOException {
    if (name.equals(HEAD)) {
      return exact(R_HEADS + defaultBranch);
    }
    if (NAMESPACES.stream().anyMatch(name::startsWith)) {
      return exact(name);
    }
    if (name.startsWith(R_REFS)) {
      return Optional.empty();
    }
    var branch = exact(R_HEADS + name);
    return branch.isPresent() ? branch : exact(R_TAGS + name);
  }

  private Optional<Ref> exact(String name) throws IOException {
    return Repository.isValidRefName(name)
        ? Optional.ofNullable(repo.exactRef(name)).filter(ref -> ref.getObjectId() != null)
        : Optional.empty();
  }

  private static ObjectId target(Ref ref) {
    var id = ref.getObjectId();
    if (id == null) {
      throw new IllegalStateException("an unborn ref has no target: " + ref.getName());
    }
    return id;
  }

  /**
   * Only commits of some ref's history: whoever tries all short ids must not find what was taken
   * out of every history.
   */
  private Optional<Revision> abbreviated(String name) throws IOException {
    var commits = new ArrayList<RevCommit>();
    try (var walk = new RevWalk(repo)) {
      var ids = walk.getObjectReader().resolve(AbbreviatedObjectId.fromString(name));
      var refs = ids.isEmpty() ? List.<Ref>of() : repo.getRefDatabase().getRefs();
      for (var id : ids) {
        var commit = commit(id);
        if (commit.isPresent() && walk.isMergedIntoAny(walk.parseCommit(id), refs)) {
          commits.add(commit.get());
        }
      }
    }
    return commits.size() == 1
        ? Optional.of(new Revision(name, commits.getFirst(), Optional.empty()))
        : Optional.empty();
  }

  private Optional<RevCommit> commit(ObjectId id) throws IOException {
    try (var walk = new RevWalk(repo)) {
      return Optional.of(walk.parseCommit(id));
    } catch (MissingObjectException | IncorrectObjectTypeException _) {
      return Optional.empty();
    }
  }
}
