package dev.ashlar.hub.tree;

import dev.ashlar.core.problem.Problem.Unprocessable;
import dev.ashlar.core.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.ObjectChecker;

/**
 * The path of a file or folder that somebody wants to write: relative, separated by single slashes,
 * and harmless in a checkout on any system. Reading needs no such rule, a bad path is just absent.
 */
public record RepoPath(String text) {
  private static final int PATH_BYTES_MAX = 4096;
  private static final int SEGMENT_BYTES_MAX = 255;

  /** Every folder on the way is a Git object, and walks go down one by one. */
  private static final int SEGMENTS_MAX = 255;

  public RepoPath {
    var reason = fault(text);
    if (!reason.isEmpty()) {
      throw new ProblemException(new Unprocessable("path " + shown(text), reason));
    }
  }

  /** The path of a folder, which may have been written with one slash at its end. */
  public static RepoPath folder(String text) {
    return new RepoPath(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
  }

  /** The names between the slashes. */
  public String[] segments() {
    return text.split("/", -1);
  }

  /** Why nothing in a folder may be called so, or an empty string. */
  public static String nameFault(String name) {
    var reason = characterFault(name);
    return reason.isEmpty() ? segmentFault(name) : reason;
  }

  /** Why the path may not be written, or an empty string. */
  public static String fault(String text) {
    if (text.isEmpty()) {
      return "it is empty";
    }
    var wrong = characterFault(text);
    if (!wrong.isEmpty()) {
      return wrong;
    }
    if (text.getBytes(StandardCharsets.UTF_8).length > PATH_BYTES_MAX) {
      return "it is longer than " + PATH_BYTES_MAX + " bytes";
    }
    if (text.startsWith("/")) {
      return "it is absolute";
    }
    var segments = text.split("/", -1);
    if (segments.length > SEGMENTS_MAX) {
      return "it has more than " + SEGMENTS_MAX + " segments";
    }
    for (var segment : segments) {
      var reason = segmentFault(segment);
      if (!reason.isEmpty()) {
        return reason;
      }
    }
    return "";
  }

  private static String characterFault(String text) {
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      if (Character.isISOControl(point)) {
        return "it has a control character";
      }
      if (point == '\\') {
        return "it has a backslash";
      }
      if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
        return "it is not Unicode text";
      }
      i += Character.charCount(point);
    }
    return "";
  }

  private static String segmentFault(String segment) {
    if (segment.isEmpty()) {
      return "it has an empty segment";
    }
    var bytes = segment.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > SEGMENT_BYTES_MAX) {
      return "a segment is longer than " + SEGMENT_BYTES_MAX + " bytes";
    }
    if (segment.equals(".") || segment.equals("..")) {
      return "it has a dot segment";
    }
    // NTFS reads "name:stream" as the file "name", so only what stands before the colon counts.
    int colon = segment.indexOf(':');
    var names =
        colon > 0 ? new String[] {segment, segment.substring(0, colon)} : new String[] {segment};
    for (var name : names) {
      if (isGitFolder(name)) {
        return "it names a .git folder";
      }
    }
    return "";
  }

  private static boolean isGitFolder(String name) {
    var bytes = name.getBytes(StandardCharsets.UTF_8);
    try {
      new ObjectChecker().setSafeForMacOS(true).checkPathSegment(bytes, 0, bytes.length);
      return false;
    } catch (CorruptObjectException _) {
      return true;
    }
  }

  private static String shown(String text) {
    return text.length() <= 200 ? text : text.substring(0, 200) + "…";
  }

  @Override
  public String toString() {
    return text;
  }
}
