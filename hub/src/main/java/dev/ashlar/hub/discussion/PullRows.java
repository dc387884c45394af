package dev.ashlar.hub.discussion;

import dev.ashlar.hub.discussion.Discussion.Pull;
import io.helidon.dbclient.DbTransaction;
import org.eclipse.jgit.lib.AnyObjectId;

/** Changes the table of what pull requests have besides. */
final class PullRows {
  private static final String INSERT =
      "INSERT INTO hub_pull (discussion_id, base, head) VALUES (:id, :base, :head)";
  private static final String HEAD =
      """
      UPDATE hub_pull SET head = :head
       WHERE discussion_id = :id AND merge_commit IS NULL
      """;
  private static final String REWRITTEN =
      "UPDATE hub_pull SET head = :head WHERE discussion_id = :id";
  private static final String REBASE =
      "UPDATE hub_pull SET base = :base WHERE discussion_id = :id AND merge_commit IS NULL";
  private static final String MERGE =
      """
      UPDATE hub_pull SET merged_onto = :onto, merge_commit = :commit
       WHERE discussion_id = :id AND base = :base AND head = :head AND merge_commit IS NULL
      """;

  private PullRows() {}

  static void insert(DbTransaction tx, long id, String base, AnyObjectId head) {
    tx.createInsert(INSERT)
        .addParam("id", id)
        .addParam("base", base)
        .addParam("head", bytes(head))
        .execute();
  }

  /** Notes that the ref moved; false when the pull request is merged. */
  static boolean moveHead(DbTransaction tx, long id, AnyObjectId head) {
    return tx.createUpdate(HEAD).addParam("head", bytes(head)).addParam("id", id).execute() == 1;
  }

  /** Notes that the ref's history was written anew, which a merged pull request takes as well. */
  static void rewriteHead(DbTransaction tx, long id, AnyObjectId head) {
    tx.createUpdate(REWRITTEN).addParam("head", bytes(head)).addParam("id", id).execute();
  }

  /** Makes a pull request one for another branch. */
  static void rebase(DbTransaction tx, long id, String base) {
    tx.createUpdate(REBASE).addParam("base", base).addParam("id", id).execute();
  }

  /**
   * Notes a merge of this pull request; false when its branch or its head is another by now, or it
   * is merged.
   */
  static boolean merge(DbTransaction tx, long id, Pull pull, AnyObjectId onto, AnyObjectId commit) {
    return tx.createUpdate(MERGE)
            .addParam("onto", bytes(onto))
            .addParam("commit", bytes(commit))
            .addParam("id", id)
            .addParam("base", pull.base())
            .addParam("head", bytes(pull.head()))
            .execute()
        == 1;
  }

  private static byte[] bytes(AnyObjectId id) {
    var raw = new byte[20];
    id.copyRawTo(raw, 0);
    return raw;
  }
}
