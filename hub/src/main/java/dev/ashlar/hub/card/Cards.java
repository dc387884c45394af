package dev.ashlar.hub.card;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ashlar.hub.card.CardYaml.BrokenCard;
import dev.ashlar.hub.repo.CardFacts;
import dev.ashlar.hub.repo.RepoType;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Reads a repository's card from its root folder. A broken card is no card, never a failure. */
public final class Cards {
  private static final System.Logger LOG = System.getLogger(Cards.class.getName());
  private static final String README = "README.md";
  private static final int README_BYTES_MAX = 4 << 20;
  private static final int NAMES_MAX = 10_000;

  /** Files that give a library away, the more telling first. */
  private static final List<Map.Entry<String, String>> LIBRARIES =
      List.of(
          Map.entry("model_index.json", "diffusers"),
          Map.entry("config_sentence_transformers.json", "sentence-transformers"),
          Map.entry("adapter_config.json", "peft"),
          Map.entry("config.json", "transformers"));

  private Cards() {}

  /** The files of a root folder that tell something: their names, and the text of the README. */
  public record RootFiles(String readme, Set<String> names) {
    public RootFiles {
      names = Set.copyOf(names);
    }
  }

  /** Reads what {@link #facts} needs from a commit's tree. */
  public static RootFiles rootFiles(ObjectReader reader, AnyObjectId root) throws IOException {
    var names = new LinkedHashSet<String>();
    var readme = "";
    try (var walk = new TreeWalk(reader)) {
      walk.addTree(root);
      while (names.size() < NAMES_MAX && walk.next()) {
        if (walk.getFileMode(0).getObjectType() == Constants.OBJ_BLOB) {
          names.add(walk.getPathString());
          if (walk.getPathString().equals(README)) {
            readme = text(reader, walk.getObjectId(0));
          }
        }
      }
    }
    return new RootFiles(readme, names);
  }

  private static String text(ObjectReader reader, ObjectId blob) throws IOException {
    var loader = reader.open(blob, Constants.OBJ_BLOB);
    return loader.getSize() > README_BYTES_MAX
        ? ""
        : new String(loader.getBytes(README_BYTES_MAX), StandardCharsets.UTF_8);
  }

  /** What these files say about a repository. */
  public static CardFacts facts(RepoType type, RootFiles root) {
    var files = root.names();
    var readme = root.readme();
    var parsed = FrontMatter.of(readme).flatMap(Cards::parse);
    var card = parsed.<JsonNode>map(node -> node).orElse(MissingNode.getInstance());
    var library =
        type == RepoType.MODEL
            ? word(card, "library_name").or(() -> library(files))
            : Optional.<String>empty();
    return new CardFacts(
        parsed.map(JsonNode::toString),
        CardTags.of(type, card, readme, library, files),
        type == RepoType.MODEL ? word(card, "pipeline_tag") : Optional.empty(),
        library,
        type == RepoType.SPACE ? word(card, "sdk") : Optional.empty());
  }

  /** What somebody who changes this README should know; nothing when there is none. */
  public static List<String> warnings(String readme, RepoType type) {
    if (readme.isEmpty()) {
      return List.of();
    }
    var check = CardCheck.of(readme, type.word());
    return Stream.concat(check.errors().stream(), check.warnings().stream()).toList();
  }

  private static Optional<ObjectNode> parse(String yaml) {
    try {
      return Optional.of(CardYaml.parse(yaml));
    } catch (BrokenCard e) {
      LOG.log(Level.DEBUG, "card ignored reason={0}", e.getMessage());
      return Optional.empty();
    }
  }

  private static Optional<String> word(JsonNode card, String key) {
    var node = card.path(key);
    return node.isTextual() && !node.asText().isBlank() && node.asText().length() <= 100
        ? Optional.of(node.asText().strip())
        : Optional.empty();
  }

  private static Optional<String> library(Set<String> files) {
    return LIBRARIES.stream()
        .filter(entry -> files.contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
