package dev.ashlar.hub.discussion;

import static dev.ashlar.metadata.Columns.longOf;
import static dev.ashlar.metadata.Columns.optional;
import static dev.ashlar.metadata.Columns.textOf;

import dev.ashlar.hub.discussion.Event.Reaction;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbTransaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The table of reactions to comments. */
final class ReactionRows {
  private static final String OF_DISCUSSION =
      """
      SELECT r.event_id, r.reaction, r.total, n.name AS user_name
        FROM (SELECT c.event_id, c.reaction, c.user_id,
                     count(*) OVER (PARTITION BY c.event_id, c.reaction) AS total,
                     row_number() OVER (PARTITION BY c.event_id, c.reaction ORDER BY c.user_id)
                       AS place
                FROM hub_comment_reaction c JOIN hub_discussion_event e ON e.id = c.event_id
               WHERE e.discussion_id = :discussion AND (:event = 0 OR e.id = :event)) r
        LEFT JOIN hub_namespace n ON n.id = r.user_id
       WHERE r.place <= :shown
       ORDER BY r.event_id, r.total DESC, r.reaction, r.place
      """;
  private static final String KINDS =
      """
      SELECT count(DISTINCT reaction) AS kinds FROM hub_comment_reaction
       WHERE event_id = :event AND reaction <> :reaction
      """;
  private static final String ADD =
      """
      INSERT INTO hub_comment_reaction (event_id, reaction, user_id)
      VALUES (:event, :reaction, :user) ON CONFLICT DO NOTHING
      """;
  private static final String REMOVE =
      """
      DELETE FROM hub_comment_reaction
       WHERE event_id = :event AND reaction = :reaction AND user_id = :user
      """;
  private static final String CLEAR = "DELETE FROM hub_comment_reaction WHERE event_id = :event";

  private ReactionRows() {}

  /** The reactions to each comment of a discussion, or to one of them; the commonest first. */
  static Map<Long, List<Reaction>> read(DbExecute db, long discussionId, long eventId) {
    Map<Long, Map<String, Tally>> tallies = new HashMap<>();
    Map<Long, List<Tally>> inOrder = new HashMap<>();
    db.createQuery(OF_DISCUSSION)
        .addParam("discussion", discussionId)
        .addParam("event", eventId)
        .addParam("shown", Limits.REACTION_USERS_SHOWN)
        .execute()
        .forEach(
            row -> {
              long event = longOf(row, "event_id");
              var tally =
                  tallies
                      .computeIfAbsent(event, _ -> new HashMap<>())
                      .computeIfAbsent(
                          textOf(row, "reaction"),
                          text -> {
                            var fresh = new Tally(text, longOf(row, "total"), new ArrayList<>());
                            inOrder.computeIfAbsent(event, _ -> new ArrayList<>()).add(fresh);
                            return fresh;
                          });
              optional(row, "user_name", String.class).ifPresent(tally.users::add);
            });
    Map<Long, List<Reaction>> reactions = new HashMap<>();
    inOrder.forEach(
        (event, all) ->
            reactions.put(
                event, all.stream().map(t -> new Reaction(t.reaction, t.users, t.count)).toList()));
    return reactions;
  }

  private record Tally(String reaction, long count, List<String> users) {}

  /** How many other reactions a comment has. */
  static long others(DbTransaction tx, long eventId, String reaction) {
    return tx.createGet(KINDS)
        .addParam("event", eventId)
        .addParam("reaction", reaction)
        .execute()
        .map(row -> longOf(row, "kinds"))
        .orElseThrow();
  }

  static void add(DbTransaction tx, long eventId, String reaction, long userId) {
    tx.createInsert(ADD)
        .addParam("event", eventId)
        .addParam("reaction", reaction)
        .addParam("user", userId)
        .execute();
  }

  static void remove(DbTransaction tx, long eventId, String reaction, long userId) {
    tx.createDelete(REMOVE)
        .addParam("event", eventId)
        .addParam("reaction", reaction)
        .addParam("user", userId)
        .execute();
  }

  /** Forgets all reactions to a comment. */
  static void clear(DbTransaction tx, long eventId) {
    tx.createDelete(CLEAR).addParam("event", eventId).execute();
  }
}
