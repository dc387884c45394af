package dev.ashlar.hub.tree;

import static org.eclipse.jgit.lib.Constants.R_HEADS;
import static org.eclipse.jgit.lib.Constants.R_TAGS;

import dev.ashlar.web.UrlText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.Repository;

/**
 * A revision and a path that came as one piece of a URL.
 *
 * <p>Most clients encode the slashes of a revision, some do not. So an encoded slash in the first
 * segment settles it; else {@code refs/pr/N} and its kin take three segments, then the longest
 * branch or tag that exists wins, then the first segment alone.
 */
public record RevisionPath(String revision, String path) {
  private static final List<String> THREE_SEGMENTS = List.of("pr", "convert");

  /** Splits what follows {@code /tree/}, {@code /resolve/} and the like, still encoded. */
  public static RevisionPath split(Repository repo, String raw) throws IOException {
    var segments = new ArrayList<String>();
    for (var segment : raw.split("/", -1)) {
      segments.add(UrlText.decodePath(segment));
    }
    if (segments.getLast().isEmpty()) {
      segments.removeLast();
    }
    if (segments.isEmpty()) {
      return new RevisionPath("", "");
    }
    int taken = segments.getFirst().contains("/") ? 1 : revisionSegments(repo, segments);
    return new RevisionPath(
        String.join("/", segments.subList(0, taken)),
        String.join("/", segments.subList(taken, segments.size())));
  }

  private static int revisionSegments(Repository repo, List<String> segments) throws IOException {
    boolean isFull = segments.getFirst().equals("refs") && segments.size() > 2;
    if (isFull && THREE_SEGMENTS.contains(segments.get(1))) {
      return 3;
    }
    if (segments.size() == 1) {
      return 1;
    }
    var prefixes = isFull ? List.of("refs/" + segments.get(1) + "/") : List.of(R_HEADS, R_TAGS);
    var rest = isFull ? segments.subList(2, segments.size()) : segments;
    int longest = 1;
    for (var prefix : prefixes) {
      longest = Math.max(longest, longest(repo, prefix, rest));
    }
    return isFull ? longest + 2 : longest;
  }

  private static int longest(Repository repo, String prefix, List<String> segments)
      throws IOException {
    var names =
        repo.getRefDatabase().getRefsByPrefix(prefix + segments.getFirst() + "/").stream()
            .map(ref -> ref.getName().substring(prefix.length()))
            .collect(Collectors.toSet());
    if (names.isEmpty()) {
      return 1;
    }
    for (int taken = segments.size(); taken > 1; taken--) {
      if (names.contains(String.join("/", segments.subList(0, taken)))) {
        return taken;
      }
    }
    return 1;
  }
}
