package dev.ashlar.hub.discussion;

import io.helidon.dbclient.DbTransaction;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** The commits that came to a pull request, as events. */
final class CommitNotes {
  /** A push may bring a whole history; its last commits are told. */
  private static final int COMMITS_MAX = 100;

  private final List<Map<String, String>> details;

  private CommitNotes(List<Map<String, String>> details) {
    this.details = details;
  }

  static CommitNotes of(RevCommit commit) {
    return new CommitNotes(List.of(detail(commit)));
  }

  static CommitNotes none() {
    return new CommitNotes(List.of());
  }

  /** What can be reached from the tip and not from the others, the oldest first. */
  static CommitNotes between(
      Repository repo, Iterable<? extends AnyObjectId> known, AnyObjectId tip) throws IOException {
    try (var walk = new RevWalk(repo)) {
      walk.markStart(walk.parseCommit(tip));
      for (var id : known) {
        walk.markUninteresting(walk.parseCommit(id));
      }
      var details = new ArrayList<Map<String, String>>();
      for (var commit = walk.next();
          commit != null && details.size() < COMMITS_MAX;
          commit = walk.next()) {
        details.add(detail(commit));
      }
      return new CommitNotes(details.reversed());
    }
  }

  private static Map<String, String> detail(RevCommit commit) {
    var detail = new LinkedHashMap<String, String>();
    detail.put("subject", Texts.line(commit.getShortMessage()));
    detail.put("oid", commit.name());
    return detail;
  }

  /** Adds them to a discussion whose row is locked, as many as it takes. */
  void addTo(DbTransaction tx, long discussionId, int events, long userId, Instant now) {
    var author = userId == 0 ? OptionalLong.empty() : OptionalLong.of(userId);
    int room = Math.min(details.size(), Math.max(0, Limits.EVENTS_MAX - events));
    for (var detail : details.subList(details.size() - room, details.size())) {
      EventRows.note(tx, discussionId, "commit", author, detail, now);
    }
    DiscussionRows.grow(tx, discussionId, room, 0);
  }
}
