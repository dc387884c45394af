package dev.ashlar.hub.card;

import java.util.Optional;
import java.util.regex.Pattern;

/** The block between two lines of three hyphens at the very beginning of a README. */
final class FrontMatter {
  private static final Pattern BLOCK =
      Pattern.compile(
          "\\A\\uFEFF?---[ \\t]*\\r?\\n(.*?)(?<=\\n)---[ \\t]*(\\r?\\n|\\z)", Pattern.DOTALL);

  private FrontMatter() {}

  /** The YAML text of the block; empty when there is none or it has only blanks. */
  static Optional<String> of(String readme) {
    var match = BLOCK.matcher(readme);
    return match.find()
        ? Optional.of(match.group(1)).filter(text -> !text.isBlank())
        : Optional.empty();
  }
}
