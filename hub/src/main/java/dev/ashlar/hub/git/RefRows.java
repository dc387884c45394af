package dev.ashlar.hub.git;

import dev.ashlar.metadata.Columns;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;

/** The tables {@code hub_git_repo} and {@code hub_git_ref}. */
final class RefRows {
  private static final String CREATE_REPO =
      """
      INSERT INTO hub_git_repo (repo_id) VALUES (:repoId) ON CONFLICT DO NOTHING
      """;
  private static final String LOCK_REPO =
      """
      SELECT rewrites FROM hub_git_repo WHERE repo_id = :repoId FOR UPDATE
      """;
  private static final String REWRITTEN =
      """
      UPDATE hub_git_repo SET rewrites = rewrites + 1 WHERE repo_id = :repoId
      """;
  private static final String DROP_REPO =
      """
      DELETE FROM hub_git_repo WHERE repo_id = :repoId
      """;
  private static final String ALL =
      """
      SELECT name, oid, peeled, target, rewrites
        FROM hub_git_ref JOIN hub_git_repo USING (repo_id)
       WHERE repo_id = :repoId
       ORDER BY name
      """;
  private static final String ONE =
      """
      SELECT name, oid, peeled, target FROM hub_git_ref WHERE repo_id = :repoId AND name = :name
      """;
  private static final String CONFLICTING =
      """
      SELECT name FROM hub_git_ref
       WHERE repo_id = :repoId
         AND (name > :name || '/' AND name < :name || '0'
              OR starts_with(:name, name || '/'))
       LIMIT 1
      """;
  private static final String PUT =
      """
      INSERT INTO hub_git_ref (repo_id, name, oid, peeled, target)
      VALUES (:repoId, :name, :oid, :peeled, :target)
      ON CONFLICT (repo_id, name)
      DO UPDATE SET oid = excluded.oid, peeled = excluded.peeled, target = excluded.target
      """;
  private static final String REMOVE =
      """
      DELETE FROM hub_git_ref WHERE repo_id = :repoId AND name = :name
      """;

  private static final String COPY =
      """
      INSERT INTO hub_git_ref (repo_id, name, oid, peeled, target)
      SELECT :copy, name, oid, peeled, target
        FROM hub_git_ref WHERE repo_id = :origin AND NOT starts_with(name, 'refs/pr/')
      """;

  private RefRows() {}

  /** Copies all refs but those of pull requests, whose discussions stay where they are. */
  static void copy(DbExecute db, long origin, long copy) {
    db.createInsert(COPY).addParam("origin", origin).addParam("copy", copy).execute();
  }

  /** Makes the repository's lock row; false when there is one already. */
  static boolean create(DbExecute db, long repoId) {
    return db.createInsert(CREATE_REPO).addParam("repoId", repoId).execute() == 1;
  }

  /** Locks the repository until the transaction ends; false when it does not exist. */
  static boolean lock(DbExecute db, long repoId) {
    return lockedRewrites(db, repoId).isPresent();
  }

  /** Locks the repository like {@link #lock}; how often its history was written anew till now. */
  static Optional<Long> lockedRewrites(DbExecute db, long repoId) {
    return db.createGet(LOCK_REPO)
        .addParam("repoId", repoId)
        .execute()
        .map(row -> Columns.longOf(row, "rewrites"));
  }

  /** Counts that the history of the locked repository is written anew. */
  static void rewritten(DbExecute db, long repoId) {
    db.createUpdate(REWRITTEN).addParam("repoId", repoId).execute();
  }

  /** Removes the repository with its refs and the rows of its packs. */
  static void drop(DbExecute db, long repoId) {
    db.createDelete(DROP_REPO).addParam("repoId", repoId).execute();
  }

  /** Refs, and how often the history had been written anew when they were read. */
  record All(List<Ref> refs, long rewrites) {}

  /** All refs, in the order of their names. */
  static All all(DbExecute db, long repoId) {
    var refs = new ArrayList<Ref>();
    var rewrites = new AtomicLong();
    db.createQuery(ALL)
        .addParam("repoId", repoId)
        .execute()
        .forEach(
            row -> {
              refs.add(state(row).named(Columns.textOf(row, "name")));
              rewrites.set(Columns.longOf(row, "rewrites"));
            });
    return new All(List.copyOf(refs), rewrites.get());
  }

  static RefState find(DbExecute db, long repoId, String name) {
    return db.createQuery(ONE)
        .addParam("repoId", repoId)
        .addParam("name", name)
        .execute()
        .map(RefRows::state)
        .findFirst()
        .orElseGet(RefState.Absent::new);
  }

  /** Whether a ref exists whose name is a folder of this name, or that lies below it. */
  static boolean hasConflict(DbExecute db, long repoId, String name) {
    return db.createQuery(CONFLICTING)
            .addParam("repoId", repoId)
            .addParam("name", name)
            .execute()
            .count()
        > 0;
  }

  static void put(DbExecute db, long repoId, String name, RefState state) {
    switch (state) {
      case RefState.Absent() ->
          db.createDelete(REMOVE).addParam("repoId", repoId).addParam("name", name).execute();
      case RefState.Direct(var id, var peeled) ->
          db.createInsert(PUT)
              .addParam("repoId", repoId)
              .addParam("name", name)
              .addParam("oid", bytes(id))
              .addParam("peeled", peeled.map(RefRows::bytes).orElse(null))
              .addParam("target", (String) null)
              .execute();
      case RefState.Symbolic(var target) ->
          db.createInsert(PUT)
              .addParam("repoId", repoId)
              .addParam("name", name)
              .addParam("oid", (byte[]) null)
              .addParam("peeled", (byte[]) null)
              .addParam("target", target)
              .execute();
    }
  }

  private static RefState state(DbRow row) {
    var target = Columns.optional(row, "target", String.class);
    if (target.isPresent()) {
      return new RefState.Symbolic(target.get());
    }
    Optional<ObjectId> peeled =
        Columns.optional(row, "peeled", byte[].class).map(ObjectId::fromRaw);
    return new RefState.Direct(ObjectId.fromRaw(Columns.bytesOf(row, "oid")), peeled);
  }

  private static byte[] bytes(ObjectId id) {
    var raw = new byte[20];
    id.copyRawTo(raw, 0);
    return raw;
  }
}
