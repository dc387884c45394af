package dev.ashlar.hub.info;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.ashlar.hub.access.Visibility;
import dev.ashlar.hub.repo.CardFacts;
import dev.ashlar.hub.repo.Repo;
import dev.ashlar.hub.tree.Times;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a repository by the names that clients know. Each is worked out only when it is
 * asked for; one without a value is left out.
 */
final class Fields {
  /** What lists answer when nothing particular is asked. */
  private static final List<String> IN_LISTS =
      List.of(
          "modelId",
          "private",
          "likes",
          "downloads",
          "tags",
          "createdAt",
          "pipeline_tag",
          "library_name",
          "sdk");

  /** What {@code full=true} adds to them. */
  private static final List<String> IN_FULL_LISTS =
      List.of("author", "sha", "lastModified", "gated", "disabled", "siblings");

  /** What an answer about one repository holds. */
  private static final List<String> IN_ANSWERS =
      List.of(
          "modelId",
          "author",
          "sha",
          "lastModified",
          "createdAt",
          "private",
          "gated",
          "disabled",
          "downloads",
          "likes",
          "pipeline_tag",
          "library_name",
          "sdk",
          "tags",
          "cardData",
          "model-index",
          "widgetData",
          "mask_token",
          "config",
          "transformersInfo",
          "safetensors",
          "gguf",
          "description",
          "citation",
          "paperswithcode_id",
          "siblings",
          "spaces",
          "models",
          "datasets",
          "subdomain",
          "runtime",
          "usedStorage",
          "xetEnabled");

  /** What is read from the card itself. */
  private static final Set<String> IN_CARDS =
      Set.of(
          "cardData",
          "model-index",
          "widgetData",
          "evalResults",
          "baseModels",
          "description",
          "citation",
          "paperswithcode_id",
          "models",
          "datasets");

  /** Whether one of the properties is read from the card. */
  static boolean needCard(Set<String> names) {
    return names.stream().anyMatch(IN_CARDS::contains);
  }

  /** Where the properties come from that are not in the repository's row. */
  record Sources(
      Supplier<@Nullable Object> siblings,
      Supplier<JsonNode> facts,
      Supplier<Long> storage,
      Supplier<Long> children) {}

  private final Repo repo;
  private final CardFacts card;
  private final Sources sources;
  private final Map<String, Supplier<@Nullable Object>> known = new LinkedHashMap<>();
  private @Nullable JsonNode parsedCard;

  /** The properties of a repository, its card and commit being those of the asked revision. */
  Fields(Repo repo, @Nullable String sha, CardFacts card, Sources sources) {
    this.repo = repo;
    this.card = card;
    this.sources = sources;
    known.put("author", repo::namespace);
    known.put("sha", () -> sha);
    known.put("lastModified", () -> Times.text(repo.lastModifiedAt()));
    known.put("createdAt", () -> Times.text(repo.createdAt()));
    known.put("private", () -> repo.visibility() != Visibility.PUBLIC);
    known.put("gated", () -> repo.gate().json());
    known.put("disabled", repo::disabled);
    known.put("downloads", repo::downloads);
    known.put("downloadsAllTime", repo::downloadsAllTime);
    known.put("likes", repo::likes);
    known.put("trendingScore", repo::trending);
    known.put("tags", card::tags);
    known.put("cardData", () -> card.json().map(RawValue::new).orElse(null));
    known.put("siblings", sources.siblings());
    known.put("usedStorage", sources.storage()::get);
    known.put("xetEnabled", () -> true);
    known.put("gitalyUid", repo::hexId);
    switch (repo.type()) {
      case MODEL -> model();
      case DATASET -> dataset();
      case SPACE -> space();
      case KERNEL -> {} // nothing of its own
    }
  }

  private void model() {
    known.put("modelId", repo::fullName);
    known.put("pipeline_tag", () -> card.pipelineTag().orElse(null));
    known.put("library_name", () -> card.library().orElse(null));
    for (var name : List.of("config", "transformersInfo", "safetensors", "gguf", "mask_token")) {
      known.put(name, () -> present(sources.facts().get().path(name)));
    }
    known.put("model-index", () -> present(inCard("model-index")));
    known.put("widgetData", () -> present(inCard("widget")));
    known.put("evalResults", () -> present(inCard("eval_results")));
    known.put("baseModels", this::baseModels);
    known.put("childrenModelCount", sources.children()::get);
    known.put("inferenceProviderMapping", List::of);
    known.put("spaces", List::of);
  }

  private @Nullable Object baseModels() {
    var ids = texts(inCard("base_model"));
    if (ids.isEmpty()) {
      return null;
    }
    var relation = inCard("base_model_relation").asText();
    return Map.of(
        "relation", relation, "models", ids.stream().map(id -> Map.of("id", id)).toList());
  }

  private void dataset() {
    known.put("description", () -> inCard("description").asText());
    known.put("citation", () -> present(inCard("citation")));
    known.put("paperswithcode_id", () -> present(inCard("paperswithcode_id")));
    known.put("mainSize", sources.storage()::get);
  }

  private void space() {
    known.put("sdk", () -> card.sdk().orElse(null));
    known.put("models", () -> texts(inCard("models")));
    known.put("datasets", () -> texts(inCard("datasets")));
    known.put("region", () -> "us");
    known.put(
        "subdomain", () -> repo.fullName().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"));
    known.put("runtime", () -> SpaceRuntime.NONE);
  }

  private static @Nullable Object present(JsonNode node) {
    return node.isMissingNode() || node.isNull() ? null : node;
  }

  private static List<String> texts(JsonNode node) {
    var texts = new ArrayList<String>();
    if (node.isTextual()) {
      texts.add(node.asText());
    }
    node.forEach(
        element -> {
          if (element.isTextual()) {
            texts.add(element.asText());
          }
        });
    return texts;
  }

  private JsonNode inCard(String key) {
    var parsed = parsedCard;
    if (parsed == null) {
      parsed = StoredJson.parse(card.json().orElse("{}"));
      parsedCard = parsed;
    }
    return parsed.path(key);
  }

  /** An answer about one repository. */
  Map<String, Object> answer() {
    return named(IN_ANSWERS);
  }

  /** An element of a list. */
  Map<String, Object> element(boolean full, boolean withCard, boolean withConfig) {
    var element = named(IN_LISTS);
    if (full) {
      IN_FULL_LISTS.forEach(name -> put(element, name));
    }
    if (withCard) {
      put(element, "cardData");
    }
    if (withConfig) {
      put(element, "config");
    }
    return element;
  }

  /** The id and the properties of these names, nothing else. */
  Map<String, Object> named(Collection<String> names) {
    var answer = new LinkedHashMap<String, Object>();
    answer.put("_id", repo.hexId());
    answer.put("id", repo.fullName());
    names.forEach(name -> put(answer, name));
    return answer;
  }

  private void put(Map<String, Object> answer, String name) {
    var field = known.get(name);
    var value = field == null ? null : field.get();
    if (value != null) {
      answer.put(name, value);
    }
  }
}
