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
import java.util.Optional;

/**
 * Makes and removes repositories. The row, the refs and the packs of a first commit come to exist
 * in one transaction, and go in one.
 */
final class RepoMaker {
  /** Where a repository is to be, and how it is hidden when nobody says. */
  private record Home(Namespace namespace, Visibility visibility) {}

  private final Database database;
  private final GitRepositories git;
  private final InstantSource clock;

  RepoMaker(Database database, GitRepositories git, InstantSource clock) {
    this.database = database;
    this.git = git;
    this.clock = clock;
  }

  Repo make(SignedIn caller, CreateRequest request) throws IOException {
    var home = home(caller, request.namespace().orElse(caller.name()));
    var wanted =
        new NewRepo(
            request.repoType(),
            home.namespace(),
            request.lastName(),
            request.askedVisibility().orElse(home.visibility()),
            caller.id());
    refuseTaken(wanted);
    var now = clock.instant();
    long id = database.read(Repos::nextId);
    try (var repository = git.openNew(id)) {
      repository.whenPublished(tx -> Repos.insert(tx, id, wanted, now));
      FirstCommit.publish(repository, "main", caller.user(), request.firstFiles(), now);
    }
    return database.<Optional<Repo>>read(db -> Repos.byId(db, id)).orElseThrow();
  }

  /** Spares the work of a commit that cannot be published; the insertion checks again. */
  private void refuseTaken(NewRepo wanted) {
    var namespace = wanted.namespace().name();
    if (database.<Boolean>read(
        db -> Repos.find(db, 0, wanted.type(), namespace, wanted.name()).isPresent())) {
      throw new ProblemException(new Taken(Kind.REPO, namespace + "/" + wanted.name()));
    }
  }

  private Home home(SignedIn caller, String name) {
    return database.read(
        db -> {
          var namespace = Namespaces.find(db, name);
          var standing =
              namespace.map(there -> Orgs.standing(db, caller.id(), there.id())).orElse(Role.NONE);
          Policy.require(caller, Action.CREATE, new Resource.OfNamespace(standing));
          boolean hidden = Orgs.find(db, name).map(Org::defaultPrivate).orElse(false);
          return new Home(namespace.orElseThrow(), hidden ? Visibility.PRIVATE : Visibility.PUBLIC);
        });
  }

  void remove(Repo repo) {
    database.change(
        tx -> {
          Holds.dropRepo(tx, repo.id());
          git.drop(tx, repo.id());
          Repos.delete(tx, repo);
        });
  }
}
