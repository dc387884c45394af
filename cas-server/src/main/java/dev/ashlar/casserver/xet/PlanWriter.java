package dev.ashlar.casserver.xet;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.ashlar.casserver.intake.UsedXorbs;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.ByteRange;
import dev.ashlar.core.manifest.ChunkRange;
import dev.ashlar.core.manifest.Term;
import dev.ashlar.core.token.SignedUrls;
import dev.ashlar.reconstruction.Fetch;
import java.io.IOException;
import java.util.HashMap;
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
  private static final SerializedString HASH = new SerializedString("hash");
  private static final SerializedString LENGTH = new SerializedString("unpacked_length");
  private static final SerializedString RANGE = new SerializedString("range");
  private static final SerializedString URL = new SerializedString("url");
  private static final SerializedString URL_RANGE = new SerializedString("url_range");
  private static final SerializedString RANGES = new SerializedString("ranges");
  private static final SerializedString CHUNKS = new SerializedString("chunks");
  private static final SerializedString BYTES = new SerializedString("bytes");
  private static final SerializedString START = new SerializedString("start");
  private static final SerializedString END = new SerializedString("end");

  private final JsonGenerator json;
  private final SignedUrls urls;
  private final String base;
  private final UsedXorbs xorbs;

  /** A plan names few xorbs many times. */
  private final Map<MerkleHash, SerializedString> hashes = new HashMap<>();

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
      json.writeFieldName(HASH);
      json.writeString(hash(term.xorb()));
      json.writeFieldName(LENGTH);
      json.writeNumber(term.bytes());
      chunks(RANGE, term.chunks());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** The fetch of the first version. */
  void fetchV1(Fetch fetch) throws IOException {
    json.writeStartObject();
    chunks(RANGE, fetch.chunks());
    json.writeFieldName(URL);
    json.writeString(url(fetch));
    bytes(URL_RANGE, fetch.body());
    json.writeEndObject();
  }

  /** The fetch of the second version: an address with a list of one range. */
  void fetchV2(Fetch fetch) throws IOException {
    json.writeStartObject();
    json.writeFieldName(URL);
    json.writeString(url(fetch));
    json.writeFieldName(RANGES);
    json.writeStartArray();
    json.writeStartObject();
    chunks(CHUNKS, fetch.chunks());
    bytes(BYTES, fetch.body());
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

  private SerializedString hash(MerkleHash hash) {
    return hashes.computeIfAbsent(hash, h -> new SerializedString(h.toString()));
  }

  private void chunks(SerializedString name, ChunkRange chunks) throws IOException {
    span(name, chunks.start(), chunks.end());
  }

  private void bytes(SerializedString name, ByteRange bytes) throws IOException {
    span(name, bytes.start(), bytes.end() - 1);
  }

  private void span(SerializedString name, long start, long end) throws IOException {
    json.writeFieldName(name);
    json.writeStartObject();
    json.writeFieldName(START);
    json.writeNumber(start);
    json.writeFieldName(END);
    json.writeNumber(end);
    json.writeEndObject();
  }
}
