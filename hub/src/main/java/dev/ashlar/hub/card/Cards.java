package dev.ashlar.hub.card;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ashlar.hub.card.CardYaml.BrokenCard;
import dev.ashlar.hub.card.ModelConfig.Auto;
import dev.ashlar.hub.repo.CardFacts;
import dev.ashlar.hub.repo.RepoType;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;

/** Reads a repository's card from its root folder. A broken card is no card, never a failure. */
public final class Cards {
  private static final System.Logger LOG = System.getLogger(Cards.class.getName());
  private static final String README = "README.md";
  private static final int README_BYTES_MAX = 4 << 20;
  private static final int JSON_BYTES_MAX = 4 << 20;
  private static final String CONFIG = "config.json";
  private static final String TOKENIZER = "tokenizer_config.json";
  private static final String TRANSFORMERS = "transformers";

  /** The files that say how a model is to be loaded. */
  static final Set<String> CONFIGS = Set.of(CONFIG, TOKENIZER);

  /** Files that give a library away, the more telling first. */
  private static final List<Map.Entry<String, String>> LIBRARIES =
      List.of(
          Map.entry("model_index.json", "diffusers"),
          Map.entry("config_sentence_transformers.json", "sentence-transformers"),
          Map.entry("adapter_config.json", "peft"),
          Map.entry(CONFIG, TRANSFORMERS));

  private Cards() {}

  /** Reads what {@link #facts} needs from a commit's tree. */
  public static RootFiles rootFiles(ObjectReader reader, AnyObjectId root) throws IOException {
    var found = new RootReader(reader).read(root);
    var files = found.files();
    var readme = files.get(README);
    return new RootFiles(
        readme == null ? "" : text(reader, readme),
        files,
        found.endings(),
        files.containsKey(CONFIG)
            ? Optional.of(
                ModelConfig.of(json(reader, files.get(CONFIG)), json(reader, files.get(TOKENIZER))))
            : Optional.empty());
  }

  /** Whether a file of the root folder says something about the repository. */
  static boolean matters(String name) {
    return name.equals(README)
        || CONFIGS.contains(name)
        || WeightFiles.matters(name)
        || LIBRARIES.stream().anyMatch(entry -> entry.getKey().equals(name));
  }

  /** The JSON of a small file; missing when there is none. */
  static JsonNode json(ObjectReader reader, @Nullable ObjectId blob) throws IOException {
    if (blob == null) {
      return MissingNode.getInstance();
    }
    var loader = reader.open(blob, Constants.OBJ_BLOB);
    return loader.getSize() > JSON_BYTES_MAX
        ? MissingNode.getInstance()
        : WeightFiles.tolerant(loader.getBytes(JSON_BYTES_MAX));
  }

  private static String text(ObjectReader reader, ObjectId blob) throws IOException {
    var loader = reader.open(blob, Constants.OBJ_BLOB);
    return loader.getSize() > README_BYTES_MAX
        ? ""
        : new String(loader.getBytes(README_BYTES_MAX), StandardCharsets.UTF_8);
  }

  /** What these files say about a repository. */
  public static CardFacts facts(RepoType type, RootFiles root) {
    var files = root.files().keySet();
    var readme = root.readme();
    var parsed = FrontMatter.of(readme).flatMap(Cards::parse);
    var card = parsed.<JsonNode>map(node -> node).orElse(MissingNode.getInstance());
    var library =
        type == RepoType.MODEL
            ? word(card, "library_name").or(() -> library(files))
            : Optional.<String>empty();
    var auto = root.config().flatMap(ModelConfig::auto);
    var task =
        word(card, "pipeline_tag")
            .or(() -> auto.filter(_ -> library.equals(Optional.of(TRANSFORMERS))).map(Auto::task));
    return new CardFacts(
        parsed.map(JsonNode::toString),
        CardTags.of(type, card, root, library, task),
        type == RepoType.MODEL ? task : Optional.empty(),
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

  /** What the configuration among these files says, by the names that clients know. */
  public static JsonNode configFacts(RootFiles root) {
    return HeadFacts.facts(root);
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
