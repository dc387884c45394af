package dev.ashlar.core.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The files under golden/, by their path there. */
public final class GoldenFiles {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private GoldenFiles() {}

  public static byte[] bytes(String path) {
    try (var in = GoldenFiles.class.getResourceAsStream("/golden/" + path)) {
      if (in == null) {
        throw new IllegalArgumentException(path);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static JsonNode json(String path) {
    try {
      return MAPPER.readTree(bytes(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static JsonNode vectors(String section) {
    return json("vectors.json").required(section);
  }

  /** The recipe in an entry of {@code inputs}. */
  public static GoldenInput input(JsonNode entry) {
    return new GoldenInput(
        entry.required("kind").asText(),
        entry.required("seed").asLong(),
        entry.required("length").asInt(),
        entry.required("param").asInt());
  }
}
