package dev.ashlar.hub.card;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.ashlar.web.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Which files of a root folder hold the model that the repository is about. */
final class WeightFiles {
  private static final int FILES_MAX = 256;
  private static final String WHOLE = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";
  private static final String ADAPTER = "adapter_model.safetensors";
  private static final Pattern PART =
      Pattern.compile("(.{1,200})-[0-9]{5}-of-[0-9]{5}\\.safetensors");

  private WeightFiles() {}

  /** Whether the file can change what is known of the weights. */
  static boolean matters(String name) {
    return name.endsWith(".safetensors") || name.endsWith(".gguf") || name.equals(INDEX);
  }

  /**
   * The safetensors files whose parameters are those of the model: the usual one, the parts that an
   * index names, parts without an index, an adapter, or the first file. Variants are not added up.
   */
  static List<String> safetensors(RootFiles root, JsonText texts) throws IOException {
    var names = new TreeSet<String>();
    root.files().keySet().stream()
        .filter(name -> name.endsWith(".safetensors"))
        .forEach(names::add);
    if (names.contains(WHOLE)) {
      return List.of(WHOLE);
    }
    if (root.files().containsKey(INDEX)) {
      return indexed(texts.of(INDEX), names);
    }
    var parts = names.stream().map(PART::matcher).filter(match -> match.matches()).findFirst();
    if (parts.isPresent()) {
      var start = parts.get().group(1) + "-";
      return names.stream()
          .filter(name -> name.startsWith(start) && PART.matcher(name).matches())
          .limit(FILES_MAX)
          .toList();
    }
    if (names.contains(ADAPTER) || names.isEmpty()) {
      return names.isEmpty() ? List.of() : List.of(ADAPTER);
    }
    return List.of(names.first());
  }

  /** The files of an index; none when one is missing, as a part of a sum is no sum. */
  private static List<String> indexed(JsonNode index, Set<String> names) {
    var parts = new TreeSet<String>();
    index.path("weight_map").forEach(file -> parts.add(file.asText()));
    return parts.size() > FILES_MAX || !names.containsAll(parts)
        ? List.of()
        : new ArrayList<>(parts);
  }

  /** The first GGUF file that is not an addition to another one. */
  static Optional<String> gguf(RootFiles root) {
    return new TreeSet<>(root.files().keySet())
        .stream().filter(name -> name.endsWith(".gguf") && !name.startsWith("mmproj")).findFirst();
  }

  /** The JSON of a small file of the root folder; missing when it is none. */
  @FunctionalInterface
  interface JsonText {
    JsonNode of(String name) throws IOException;
  }

  /** Reads JSON that came from anybody; what is none says nothing. */
  static JsonNode tolerant(byte[] bytes) throws IOException {
    try {
      var node = Json.mapper().readTree(bytes);
      return node == null ? MissingNode.getInstance() : node;
    } catch (JsonProcessingException _) {
      return JsonNodeFactory.instance.missingNode();
    }
  }
}
