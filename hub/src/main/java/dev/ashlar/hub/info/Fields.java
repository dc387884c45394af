package dev.ashlar.hub.info;

import com.fasterxml.jackson.databind.util.RawValue;
import dev.ashlar.hub.access.Visibility;
import dev.ashlar.hub.repo.CardFacts;
import dev.ashlar.hub.repo.Repo;
import dev.ashlar.hub.tree.Times;
import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.Holds;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
          "description",
          "siblings",
          "spaces",
          "models",
          "datasets",
          "usedStorage",
          "xetEnabled");

  private final Repo repo;
  private final Map<String, Supplier<@Nullable Object>> known = new LinkedHashMap<>();

  /** The properties of a repository, its card and commit being those of the asked revision. */
  Fields(
      Repo repo,
      @Nullable String sha,
      CardFacts card,
      Database database,
      Supplier<@Nullable Object> siblings) {
    this.repo = repo;
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
    known.put("siblings", siblings);
    known.put("usedStorage", () -> database.<Long>read(db -> Holds.committedBytes(db, repo.id())));
    known.put("xetEnabled", () -> true);
    switch (repo.type()) {
      case MODEL -> model(card);
      case DATASET -> known.put("description", () -> "");
      case SPACE -> space(card);
      case KERNEL -> {} // nothing of its own
    }
  }

  private void model(CardFacts card) {
    known.put("modelId", repo::fullName);
    known.put("pipeline_tag", () -> card.pipelineTag().orElse(null));
    known.put("library_name", () -> card.library().orElse(null));
    known.put("childrenModelCount", () -> 0);
    known.put("spaces", List::of);
  }

  private void space(CardFacts card) {
    known.put("sdk", () -> card.sdk().orElse(null));
    known.put("models", List::of);
    known.put("datasets", List::of);
    known.put("region", () -> "us");
  }

  /** An answer about one repository. */
  Map<String, Object> answer() {
    return named(IN_ANSWERS);
  }

  /** An element of a list. */
  Map<String, Object> element(boolean full, boolean withCard) {
    var element = named(IN_LISTS);
    if (full) {
      IN_FULL_LISTS.forEach(name -> put(element, name));
    }
    if (withCard) {
      put(element, "cardData");
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
