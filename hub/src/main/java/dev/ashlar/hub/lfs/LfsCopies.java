package dev.ashlar.hub.lfs;

import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.problem.Problem.Conflict;
import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.Problem.OverLimit;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.repo.RepoAuthority;
import dev.ashlar.metadata.AwaitedFiles;
import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.Holds;
import dev.ashlar.metadata.Manifests;
import dev.ashlar.metadata.StoredFile;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets a repository hold files of another one, for as long as an upload would, so that a commit
 * there may name them. No byte moves.
 */
final class LfsCopies {
  private static final int FILES_MAX = 500;
  private static final Duration HOLD = Duration.ofDays(7);
  private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{64}");

  private final Database database;
  private final InstantSource clock;

  LfsCopies(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** A file as the client names it. */
  record Asked(@Nullable String xetHash, @Nullable String sha256, @Nullable String filename) {
    private Optional<Sha256> oid() {
      return Optional.ofNullable(sha256)
          .filter(text -> DIGITS.matcher(text).matches())
          .map(Sha256::parse);
    }
  }

  /** Why a file was not copied. */
  record Failed(String sha256, String error) {}

  /** Copies what the source holds; returns what it does not. */
  List<Failed> copy(long sourceId, long targetId, List<Asked> files) {
    if (files.size() > FILES_MAX) {
      throw new ProblemException(new OverLimit("number of files", FILES_MAX));
    }
    if (files.stream().anyMatch(Objects::isNull)) {
      throw new ProblemException(new Invalid("files", "null is no file"));
    }
    var oids = files.stream().flatMap(file -> file.oid().stream()).distinct().toList();
    Map<Sha256, StoredFile> held =
        oids.isEmpty() ? Map.of() : database.read(db -> Holds.bySha256(db, sourceId, oids));
    var failed = new ArrayList<Failed>();
    var found = new HashMap<Sha256, StoredFile>();
    for (var file : files) {
      var stored = file.oid().map(held::get);
      if (stored.isEmpty()) {
        failed.add(new Failed(String.valueOf(file.sha256()), "the source has no such file"));
      } else if (file.xetHash() != null && !file.xetHash().equals(stored.get().hash().toString())) {
        failed.add(
            new Failed(String.valueOf(file.sha256()), "the source has it under another Xet hash"));
      } else {
        found.put(file.oid().orElseThrow(), stored.get());
      }
    }
    if (!found.isEmpty()) {
      hold(targetId, List.copyOf(found.values()));
    }
    return failed;
  }

  private void hold(long repoId, List<StoredFile> files) {
    var expires = clock.instant().plus(HOLD);
    var hashes = files.stream().map(StoredFile::hash).toList();
    database.change(
        tx -> {
          if (!new RepoAuthority().keep(tx, repoId)) {
            throw new ProblemException(new Conflict("the target was deleted meanwhile"));
          }
          Manifests.lock(tx, hashes);
          files.forEach(file -> Holds.upload(tx, repoId, file.id(), expires));
          AwaitedFiles.returned(tx, repoId, hashes); // whoever copies may write here
        });
  }
}
