package dev.ashlar.hub.card;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ashlar.hub.card.CardYaml.BrokenCard;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds what is wrong with a card before somebody uploads it. */
record CardCheck(List<String> errors, List<String> warnings) {
  private static final Set<String> SDKS = Set.of("gradio", "streamlit", "docker", "static");

  CardCheck {
    errors = List.copyOf(errors);
    warnings = List.copyOf(warnings);
  }

  static CardCheck of(String readme, String repoType) {
    var block = FrontMatter.of(readme);
    if (block.isEmpty()) {
      return new CardCheck(List.of(), List.of("empty or missing yaml metadata in repo card"));
    }
    try {
      return new CardCheck(errors(CardYaml.parse(block.get()), repoType), List.of());
    } catch (BrokenCard e) {
      return new CardCheck(List.of("YAML metadata error: " + e.getMessage()), List.of());
    }
  }

  private static List<String> errors(ObjectNode card, String repoType) {
    var errors = new ArrayList<String>();
    for (var key : List.of("license", "language", "datasets", "base_model", "metrics")) {
      if (card.hasNonNull(key) && !isTexts(card.path(key), true)) {
        errors.add("\"" + key + "\" must be a string or a list of strings");
      }
    }
    if (card.hasNonNull("tags") && !isTexts(card.path("tags"), false)) {
      errors.add("\"tags\" must be a list of strings");
    }
    for (var key : List.of("pipeline_tag", "library_name", "license_name", "license_link")) {
      if (card.hasNonNull(key) && !card.path(key).isTextual()) {
        errors.add("\"" + key + "\" must be a string");
      }
    }
    if (card.hasNonNull("model-index")) {
      modelIndex(card.path("model-index"), errors);
    }
    if (repoType.equals("space") && !SDKS.contains(card.path("sdk").asText())) {
      errors.add("\"sdk\" must be one of gradio, streamlit, docker, static");
    }
    return errors;
  }

  private static boolean isTexts(JsonNode node, boolean alsoSingle) {
    if (!node.isArray()) {
      return alsoSingle && node.isTextual();
    }
    for (var element : node) {
      if (!element.isTextual()) {
        return false;
      }
    }
    return true;
  }

  private static void modelIndex(JsonNode index, List<String> errors) {
    if (!index.isArray()) {
      errors.add("\"model-index\" must be a list");
      return;
    }
    for (int i = 0; i < index.size(); i++) {
      var name = "\"model-index[" + i + "]";
      if (!index.path(i).path("name").isTextual()) {
        errors.add(name + ".name\" must be a string");
      }
      if (!index.path(i).path("results").isArray()) {
        errors.add(name + ".results\" must be a list");
      }
    }
  }
}
