package dev.ashlar.hub.card;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.hub.repo.RepoType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Derives the tags under which a repository is found from its card, text and file names. */
final class CardTags {
  private static final int TAGS_MAX = 500;
  private static final int TAG_LENGTH_MAX = 200;
  private static final Pattern ARXIV =
      Pattern.compile("arxiv\\.org/(?:abs|pdf)/([0-9]{4}\\.[0-9]{4,5})");
  private static final Pattern DOI =
      Pattern.compile("doi\\.org/(10\\.[0-9]{4,9}/[A-Za-z0-9._;/-]{1,80}[A-Za-z0-9])");

  /** Keys of dataset cards whose values become {@code key:value}. */
  private static final List<String> DATASET_KEYS =
      List.of(
          "task_categories",
          "task_ids",
          "annotations_creators",
          "language_creators",
          "multilinguality",
          "size_categories",
          "source_datasets",
          "modality",
          "format");

  private final Set<String> tags = new LinkedHashSet<>();

  private CardTags() {}

  static List<String> of(
      RepoType type,
      JsonNode card,
      RootFiles root,
      Optional<String> library,
      Optional<String> task) {
    var made = new CardTags();
    library.ifPresent(made::add);
    switch (type) {
      case MODEL -> made.model(card, root, task);
      case DATASET -> made.dataset(card, root.endings());
      case SPACE -> made.add(card.path("sdk").asText());
      case KERNEL -> made.add("kernel");
    }
    made.addAll("", card.path("tags"));
    made.addAll("license:", card.path("license"));
    made.found("arxiv:", ARXIV, root.readme());
    made.found("doi:", DOI, root.readme());
    made.add("region:us");
    return made.tags.stream().limit(TAGS_MAX).toList();
  }

  private void model(JsonNode card, RootFiles root, Optional<String> task) {
    for (var kind : List.of("safetensors", "gguf", "onnx")) {
      if (root.endings().contains(kind)) {
        add(kind);
      }
    }
    root.config().ifPresent(config -> add(config.config().path("model_type").asText()));
    task.ifPresent(this::add);
    addAll("", card.path("language"));
    addAll("dataset:", card.path("datasets"));
    addAll("base_model:", card.path("base_model"));
    var relation = card.path("base_model_relation").asText();
    if (relation.matches("[a-z]{1,20}")) {
      addAll("base_model:" + relation + ":", card.path("base_model"));
    }
  }

  private void dataset(JsonNode card, Set<String> endings) {
    for (var key : DATASET_KEYS) {
      addAll(key + ":", card.path(key));
    }
    addAll("language:", card.path("language"));
    DatasetFormats.of(endings).forEach(this::add);
  }

  private void addAll(String prefix, JsonNode values) {
    if (values.isArray()) {
      values.forEach(value -> addAll(prefix, value));
    } else if (values.isTextual() && !values.asText().isBlank()) {
      add(prefix + values.asText().strip());
    }
  }

  private void found(String prefix, Pattern pattern, String text) {
    pattern.matcher(text).results().limit(20).forEach(match -> add(prefix + match.group(1)));
  }

  private void add(String tag) {
    if (!tag.isEmpty()
        && tag.length() <= TAG_LENGTH_MAX
        && tag.chars().noneMatch(Character::isISOControl)) {
      tags.add(tag);
    }
  }
}
