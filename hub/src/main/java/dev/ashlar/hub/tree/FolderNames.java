package dev.ashlar.hub.tree;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The names in one folder, to find those that some systems cannot tell from one another. */
public final class FolderNames {
  private final Map<String, String> byFolded = new HashMap<>();

  /** Adds a name; the answer is another one that differs only in case or composition. */
  public Optional<String> add(String name) {
    var other = byFolded.putIfAbsent(folded(name), name);
    return Optional.ofNullable(other).filter(known -> !known.equals(name));
  }

  private static String folded(String name) {
    return Normalizer.normalize(
        name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
  }
}
