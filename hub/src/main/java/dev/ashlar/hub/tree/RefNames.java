package dev.ashlar.hub.tree;

import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;

/** Which names branches and tags may have: none that could be taken for something else. */
public final class RefNames {
  private static final int CHARS_MAX = 200;
  private static final Pattern COMMIT_ID = Pattern.compile("[0-9a-fA-F]{40}");

  private RefNames() {}

  /** Whether a branch or tag may be called so; the name is the short one. */
  public static boolean isPlain(String name) {
    return !name.startsWith("-")
        && !name.startsWith(Constants.R_REFS)
        && !name.equals(Constants.HEAD)
        && name.length() <= CHARS_MAX
        && !COMMIT_ID.matcher(name).matches()
        && Repository.isValidRefName(Constants.R_HEADS + name);
  }
}
