package dev.ashlar.hub.files;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Need;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.core.problem.Problem.Refused;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.access.Action;
import dev.ashlar.hub.access.Gate;
import dev.ashlar.hub.access.Visibility;
import dev.ashlar.hub.account.Caller;
import dev.ashlar.hub.account.TokenScope;
import dev.ashlar.hub.account.User;
import dev.ashlar.hub.commit.LargeFileIntake;
import dev.ashlar.hub.repo.CardFacts;
import dev.ashlar.hub.repo.Repo;
import dev.ashlar.hub.repo.RepoType;
import dev.ashlar.hub.repo.Visit;
import dev.ashlar.hub.tree.Door;
import dev.ashlar.hub.tree.HeldFiles;
import dev.ashlar.web.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.Repository;

/** One repository {@code ann/model} (of each type) in memory; the token "r" may not write. */
class MemoryDoor implements Door, HeldFiles, LargeFileIntake {
  static final long REPO_ID = 7;
  private static final User ANN = new User(3, "ann", "", "", false, 0, Instant.EPOCH);

  final InMemoryRepository repo = new InMemoryRepository(new DfsRepositoryDescription("ann/model"));
  final Map<Sha256, HeldFile> held = new ConcurrentHashMap<>();
  final Set<MerkleHash> kept = new HashSet<>();

  @Override
  public Visit enter(Exchange exchange, RepoType type, Action action) {
    if (!exchange.param("ns").equals("ann") || !exchange.param("name").equals("model")) {
      throw new ProblemException(new Missing(Kind.REPO, exchange.param("name")));
    }
    if (action == Action.WRITE
        && exchange.header("Authorization").equals(Optional.of("Bearer r"))) {
      throw new ProblemException(new Refused(Need.WRITE_SCOPE));
    }
    var caller = new Caller.SignedIn(ANN, 1, TokenScope.WRITE);
    return new Visit(
        caller,
        new Repo(
            REPO_ID,
            type,
            1,
            "ann",
            "model",
            Visibility.PUBLIC,
            Gate.NO,
            false,
            "main",
            ANN.id(),
            Instant.EPOCH,
            Instant.EPOCH,
            Optional.empty(),
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            CardFacts.NONE));
  }

  @Override
  public Visit enterToChange(Exchange exchange, RepoType type, String revision) {
    return enter(exchange, type, Action.WRITE);
  }

  @Override
  public Repository open(Visit visit) throws IOException {
    repo.incrementOpen();
    return repo;
  }

  @Override
  public Map<Sha256, HeldFile> find(long repoId, Collection<Sha256> oids) {
    var found = new HashMap<>(held);
    found.keySet().retainAll(oids);
    return found;
  }

  @Override
  public Map<Sha256, HeldFile> findLasting(long repoId, Collection<Sha256> oids) {
    return find(repoId, oids);
  }

  @Override
  public void keep(
      Repository repository, long repoId, Collection<MerkleHash> files, boolean isProposed) {
    kept.addAll(files);
  }

  @Override
  public void settle(Repository repository, long repoId) {}

  @Override
  public void keepUnmoved(Repository repository) {}

  @Override
  public Stored take(long callerId, long repoId, InputStream bytes) throws IOException {
    var content = bytes.readAllBytes();
    var sha256 = Sha256.of(Sha256.begin().digest(content));
    var hash = new MerkleHash(sha256.w3(), sha256.w2(), sha256.w1(), sha256.w0());
    held.put(sha256, new HeldFile(hash, content.length));
    return new Stored(hash, sha256, content.length);
  }
}
