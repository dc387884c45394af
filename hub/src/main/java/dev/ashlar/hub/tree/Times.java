package dev.ashlar.hub.tree;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.eclipse.jgit.revwalk.RevCommit;

/** Writes times as clients parse them: UTC with milliseconds and a Z. */
public final class Times {
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Times() {}

  /** The text of a time. */
  public static String text(Instant time) {
    return ISO.format(time);
  }

  /** The text of a commit's time. */
  public static String text(RevCommit commit) {
    return text(Instant.ofEpochSecond(commit.getCommitTime()));
  }
}
