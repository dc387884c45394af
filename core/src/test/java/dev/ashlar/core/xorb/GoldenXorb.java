package dev.ashlar.core.xorb;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.core.golden.GoldenFiles;
import dev.ashlar.core.hash.MerkleHash;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
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

  static GoldenXorb of(String name) {
    return new GoldenXorb(name, GoldenFiles.json("xorbs/" + name + ".json"));
  }

  /** What was uploaded, with a footer if the client sent one. */
  byte[] upload() {
    return GoldenFiles.bytes("xorbs/" + name + ".bin");
  }

  byte[] body() {
    var upload = upload();
    return Arrays.copyOf(upload, upload.length - facts.required("trailingBytes").asInt());
  }

  byte[] standardFooter() {
    return GoldenFiles.bytes("xorbs/" + name + ".footer.bin");
  }

  MerkleHash hash() {
    return MerkleHash.parse(facts.required("hash").asText());
  }

  JsonNode chunks() {
    return facts.required("chunks");
  }

  XorbIndex index() throws IOException {
    return verify(upload(), hash());
  }

  static XorbIndex verify(byte[] upload, MerkleHash expected) throws IOException {
    return XorbReader.verify(
        new ByteArrayInputStream(upload), expected, OutputStream.nullOutputStream());
  }
}
