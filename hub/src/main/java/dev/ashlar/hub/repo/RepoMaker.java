package dev.ashlar.hub.repo;

import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Problem.Taken;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.access.Action;
import dev.ashlar.hub.access.Policy;
import dev.ashlar.hub.access.Resource;
import dev.ashlar.hub.access.Visibility;
import dev.ashlar.hub.account.Caller.SignedIn;
import dev.ashlar.hub.account.Namespaces;
import dev.ashlar.hub.account.Namespaces.Namespace;
import dev.ashlar.hub.git.GitRepositories;
import dev.ashlar.hub.org.Org;
import dev.ashlar.hub.org.Orgs;
import dev.ashlar.hub.org.Role;
import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.Holds;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Makes and removes repositories. The row, the refs and the packs of a first commit come to exist
 * in one transaction, and go in one.
 */
public final class RepoMaker {
  /** Where a repository is to be, and how it is hidden when nobody says. */
  private record Home(Namespace namespace, boolean defaultPrivate) {}

  private final Database database;
  private final GitRepositories git;
  private final FirstFileRule firstFileRule;
  private final LoneFiles.Search files;
  private final InstantSource clock;

  /** Makes repositories in this database, their objects in {@code git}. */
  public RepoMaker(
      Database database,
      GitRepositories git,
      FirstFileRule firstFileRule,
      LoneFiles.Search files,
      InstantSource clock) {
    this.database = database;
    this.git = git;
    this.firstFileRule = firstFileRule;
    this.files = files;
    this.clock = clock;
  }

  Repo make(SignedIn caller, CreateRequest request) throws IOException {
    var wanted = wanted(caller, request);
    refuseTaken(wanted);
    var firstFiles = request.firstFiles();
    var contents = new LinkedHashMap<String, byte[]>();
    firstFiles.forEach(file -> contents.put(file.path(), file.content()));
    firstFileRule.check(contents);
    var now = clock.instant();
    long id = database.read(Repos::nextId);
    try (var repository = git.openNew(id)) {
      repository.whenPublished(tx -> Repos.insert(tx, id, wanted, now));
      FirstCommit.publish(repository, "main", caller.user(), firstFiles, now);
    }
    return database.<Optional<Repo>>read(db -> Repos.byId(db, id)).orElseThrow();
  }

  /** The repository that has the asked name now; refuses as {@link #make} does. */
  Optional<Repo> holder(SignedIn caller, CreateRequest request) {
    return holder(wanted(caller, request));
  }

  private Optional<Repo> holder(NewRepo wanted) {
    var namespace = wanted.namespace().name();
    return database
        .<Optional<Repos.Found>>read(
            db -> Repos.find(db, 0, wanted.type(), namespace, wanted.name()))
        .map(Repos.Found::repo);
  }

  private NewRepo wanted(SignedIn caller, CreateRequest request) {
    var home = home(caller, request.namespace().orElse(caller.name()));
    return new NewRepo(
        request.repoType(),
        home.namespace(),
        request.lastName(),
        request
            .askedVisibility()
            .orElse(home.defaultPrivate() ? Visibility.PRIVATE : Visibility.PUBLIC),
        caller.id());
  }

  /** Spares the work of a commit that cannot be published; the insertion checks again. */
  private void refuseTaken(NewRepo wanted) {
    holder(wanted)
        .ifPresent(
            repo -> {
              throw new ProblemException(new Taken(Kind.REPO, repo.fullName()));
            });
  }

  private Home home(SignedIn caller, String name) {
    return database.read(
        db -> {
          var namespace = Namespaces.find(db, name);
          var standing =
              namespace.map(there -> Orgs.standing(db, caller.id(), there.id())).orElse(Role.NONE);
          Policy.require(
              caller,
              Action.CREATE,
              new Resource.OfNamespace(namespace.map(Namespace::id).orElse(0L), standing));
          boolean hidden = Orgs.find(db, name).map(Org::defaultPrivate).orElse(false);
          return new Home(namespace.orElseThrow(), hidden);
        });
  }

  /**
   * Makes a repository with the history and the files of another one. Rows are copied, bytes are
   * not. Pull requests stay behind, with the large files that nothing else names. The copy is not
   * easier to read than its origin unless that is asked for.
   */
  Repo duplicate(SignedIn caller, Repo origin, String id, Optional<Visibility> asked)
      throws IOException {
    int slash = id.indexOf('/');
    var home = home(caller, slash < 0 ? caller.name() : id.substring(0, slash));
    boolean hides = home.defaultPrivate() && origin.visibility() == Visibility.PUBLIC;
    var wanted =
        new NewRepo(
            origin.type(),
            home.namespace(),
            id.substring(slash + 1),
            asked.orElse(hides ? Visibility.PRIVATE : origin.visibility()),
            caller.id());
    refuseTaken(wanted);
    Predicate<String> isPull = ref -> PullRef.of(ref).isPresent();
    var unmerged = files.find(origin.id(), isPull);
    var now = clock.instant();
    return database.transact(
        tx -> {
          long copyId = Repos.nextId(tx);
          git.duplicate(tx, origin.id(), copyId);
          Repos.insert(tx, copyId, wanted, now);
          Repos.copyHead(tx, origin.id(), copyId);
          boolean isSure = unmerged.isStillTrue(tx, origin.id(), isPull);
          Holds.copy(tx, origin.id(), copyId, isSure ? unmerged.oids() : Set.of());
          return Repos.byId(tx, copyId).orElseThrow();
        });
  }

  /** Gives a repository another name; callers need the right to make one there. */
  Repo move(SignedIn caller, Repo repo, String namespace, String name) {
    var home = home(caller, namespace);
    var checked = RepoName.check(home.namespace().name(), name);
    return database.transact(
        tx -> {
          Repos.move(tx, repo, home.namespace(), checked);
          return Repos.byId(tx, repo.id()).orElseThrow();
        });
  }

  void remove(Repo repo) {
    database.change(
        tx -> {
          git.drop(tx, repo.id()); // locks it, so that nobody duplicates it meanwhile
          Repos.delete(tx, repo); // waits for uploads that are placing a hold
          Holds.dropRepo(tx, repo.id());
        });
  }
}
