package dev.ashlar.hub.tree;

import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Lists a folder, or all below it, a page at a time and in the order of Git's trees. */
public final class TreeListing {
  /** An entry and its path from the root. */
  public record Found(String path, GitEntry entry) {}

  /** Some entries, and where the next page begins unless this was the last. */
  public record Page(List<Found> entries, Optional<String> cursor) {}

  private final TreeLookup lookup;
  private final boolean recursive;
  private final int limit;
  private final List<Found> found = new ArrayList<>();
  private boolean isFull;

  private TreeListing(TreeLookup lookup, boolean recursive, int limit) {
    this.lookup = lookup;
    this.recursive = recursive;
    this.limit = limit;
  }

  /**
   * The entries below {@code folder} that come after the cursor (empty for the first page).
   *
   * @param path the folder's path, for the paths of the entries; empty for the root
   */
  public static Page page(
      TreeLookup lookup, String path, GitEntry folder, boolean recursive, int limit, String cursor)
      throws IOException {
    var listing = new TreeListing(lookup, recursive, limit);
    var after = decode(cursor);
    var prefix = path.isEmpty() ? "" : path + "/";
    listing.walk(
        prefix,
        folder,
        after.isEmpty() ? List.of() : List.of(after.split("/")),
        after.endsWith("/"));
    return new Page(listing.found, listing.cursor(prefix));
  }

  /** Visits the children that come after {@code after}, whose last name is a folder or not. */
  private void walk(String prefix, GitEntry folder, List<String> after, boolean afterIsFolder)
      throws IOException {
    var from = after.isEmpty() ? new byte[0] : key(after, afterIsFolder);
    for (var line = lookup.lines(folder.id()); !line.eof(); line.next()) {
      int order = after.isEmpty() ? 1 : TreeLines.compare(line, from);
      if (order < 0) {
        continue;
      }
      var entry = TreeLines.entry(line);
      if (order > 0) {
        if (found.size() == limit) {
          isFull = true;
          return;
        }
        found.add(new Found(prefix + entry.name(), entry));
      }
      if (recursive && entry.isFolder()) {
        var rest = order == 0 ? after.subList(1, after.size()) : List.<String>of();
        walk(prefix + entry.name() + "/", entry, rest, afterIsFolder);
      }
      if (isFull) {
        return;
      }
    }
  }

  private static byte[] key(List<String> after, boolean afterIsFolder) {
    var isFolder = after.size() > 1 || afterIsFolder;
    return (isFolder ? after.getFirst() + "/" : after.getFirst()).getBytes(StandardCharsets.UTF_8);
  }

  private Optional<String> cursor(String prefix) {
    if (!isFull) {
      return Optional.empty();
    }
    var last = found.getLast();
    var path = last.path().substring(prefix.length()) + (last.entry().isFolder() ? "/" : "");
    return Optional.of(
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(path.getBytes(StandardCharsets.UTF_8)));
  }

  private static String decode(String cursor) {
    try {
      return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw new ProblemException(new Invalid("cursor", "it is not one of ours"));
    }
  }
}
