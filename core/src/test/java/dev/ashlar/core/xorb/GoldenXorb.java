package dev.ashlar.core.xorb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ashlar.core.hash.MerkleHash;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** A xorb that the reference client made; see {@code golden/README.md}. */
record GoldenXorb(String name, JsonNode facts) {
  static final List<String> NAMES =
      List.of(
          "none-random",
          "lz4-text",
          "bg4-float",
          "mixed-schemes",
          "one-byte",
          "zeros",
          "many-chunks",
          "many-files",
          "repeated-chunk",
          "edited-chunk",
          "legacy-1.1.3");

  static GoldenXorb of(String name) throws IOException {
    return new GoldenXorb(name, json("xorbs/" + name + ".json"));
  }

  static JsonNode json(String path) throws IOException {
    return new ObjectMapper().readTree(bytes(path));
  }

  static byte[] bytes(String path) throws IOException {
    try (var in = GoldenXorb.class.getResourceAsStream("/golden/" + path)) {
      if (in == null) {
        throw new FileNotFoundException(path);
      }
      return in.readAllBytes();
    }
  }

  /** What was uploaded, with a footer if the client sent one. */
  byte[] upload() throws IOException {
    return bytes("xorbs/" + name + ".bin");
  }

  byte[] body() throws IOException {
    var upload = upload();
    return Arrays.copyOf(upload, upload.length - facts.get("trailingBytes").asInt());
  }

  MerkleHash hash() {
    return MerkleHash.parse(facts.get("hash").asText());
  }

  JsonNode chunks() {
    return facts.get("chunks");
  }
}
