package dev.ashlar.casserver.xet;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ashlar.casserver.intake.UsedXorbs;
import dev.ashlar.core.manifest.ByteRange;
import dev.ashlar.core.manifest.ChunkRange;
import dev.ashlar.core.manifest.Term;
import dev.ashlar.core.token.SignedUrls;
import dev.ashlar.reconstruction.Fetch;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Writes the parts of a reconstruction answer, a piece at a time: plans of fragmented files have
 * megabytes.
 *
 * <p>Every fetch has an address of its own. One address for several ranges would oblige some
 * clients to ask for all of them at once. Byte ends are inclusive here, chunk ends are not.
 */
final class PlanWriter {
  private final JsonGenerator json;
  private final SignedUrls urls;
  private final String base;
  private final UsedXorbs xorbs;

  /** Signs addresses below {@code base}. */
  PlanWriter(JsonGenerator json, SignedUrls urls, String base, UsedXorbs xorbs) {
    this.json = json;
    this.urls = urls;
    this.base = base;
    this.xorbs = xorbs;
  }

  /** A list of terms, without a name. */
  void terms(List<Term> terms) throws IOException {
    json.writeStartArray();
    for (var term : terms) {
      json.writeStartObject();
      json.writeStringField("hash", term.xorb().toString());
      json.writeNumberField("unpacked_length", term.bytes());
      chunks("range", term.chunks());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** The fetch of the first version. */
  void fetchV1(Fetch fetch) throws IOException {
    json.writeStartObject();
    chunks("range", fetch.chunks());
    json.writeStringField("url", url(fetch));
    bytes("url_range", fetch.body());
    json.writeEndObject();
  }

  /** The fetch of the second version: an address with a list of one range. */
  void fetchV2(Fetch fetch) throws IOException {
    json.writeStartObject();
    json.writeStringField("url", url(fetch));
    json.writeArrayFieldStart("ranges");
    json.writeStartObject();
    chunks("chunks", fetch.chunks());
    bytes("bytes", fetch.body());
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
  }

  /** A map from xorbs to lists of fetches, without a name. */
  void fetches(Map<?, List<Fetch>> byXorb, boolean second) throws IOException {
    json.writeStartObject();
    for (var entry : byXorb.entrySet()) {
      json.writeArrayFieldStart(entry.getKey().toString());
      for (var fetch : entry.getValue()) {
        if (second) {
          fetchV2(fetch);
        } else {
          fetchV1(fetch);
        }
      }
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private String url(Fetch fetch) {
    return base + urls.xorb(xorbs.row(fetch.xorb()).storageKey(), List.of(fetch.body()));
  }

  private void chunks(String name, ChunkRange chunks) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("start", chunks.start());
    json.writeNumberField("end", chunks.end());
    json.writeEndObject();
  }

  private void bytes(String name, ByteRange bytes) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("start", bytes.start());
    json.writeNumberField("end", bytes.end() - 1);
    json.writeEndObject();
  }
}
