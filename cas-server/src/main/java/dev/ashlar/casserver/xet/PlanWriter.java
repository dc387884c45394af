package dev.ashlar.casserver.xet;

import dev.ashlar.casserver.intake.UsedXorbs;
import dev.ashlar.core.hash.MerkleHash;
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
  private static final byte[] FETCH_V1 = PlanText.words("{\"range\":");
  private static final byte[] URL_V1 = PlanText.words(",\"url\":");
  private static final byte[] URL_RANGE = PlanText.words(",\"url_range\":");
  private static final byte[] FETCH_V2 = PlanText.words("{\"url\":");
  private static final byte[] CHUNKS = PlanText.words(",\"ranges\":[{\"chunks\":");
  private static final byte[] BYTES = PlanText.words(",\"bytes\":");
  private static final byte[] FETCH_V2_END = PlanText.words("}]}");
  private static final byte[] START = PlanText.words("{\"start\":");
  private static final byte[] END = PlanText.words(",\"end\":");

  private final PlanText text;
  private final SignedUrls urls;
  private final byte[] opening;
  private final UsedXorbs xorbs;

  /** Signs addresses that begin with {@code opening}, which {@link PlanText#opening} made once. */
  PlanWriter(PlanText text, SignedUrls urls, byte[] opening, UsedXorbs xorbs) {
    this.text = text;
    this.urls = urls;
    this.opening = opening;
    this.xorbs = xorbs;
  }

  /** A list of terms, without a name. */
  void terms(List<Term> terms) throws IOException {
    char before = '[';
    for (var term : terms) {
      text.add(before).add(term);
      before = ',';
    }
    end(before, '[', ']');
  }

  /** The fetch of the first version. */
  void fetchV1(Fetch fetch) throws IOException {
    text.add(FETCH_V1);
    chunks(fetch.chunks());
    text.add(URL_V1);
    url(fetch);
    text.add(URL_RANGE);
    bytes(fetch.body());
    text.add('}');
  }

  /** The fetch of the second version: an address with a list of one range. */
  void fetchV2(Fetch fetch) throws IOException {
    text.add(FETCH_V2);
    url(fetch);
    text.add(CHUNKS);
    chunks(fetch.chunks());
    text.add(BYTES);
    bytes(fetch.body());
    text.add(FETCH_V2_END);
  }

  /** A map from xorbs to lists of fetches, without a name. */
  void fetches(Map<MerkleHash, List<Fetch>> byXorb, boolean second) throws IOException {
    char before = '{';
    for (var entry : byXorb.entrySet()) {
      text.add(before).add('"').add(entry.getKey()).add('"').add(':');
      char beforeFetch = '[';
      for (var fetch : entry.getValue()) {
        text.add(beforeFetch);
        if (second) {
          fetchV2(fetch);
        } else {
          fetchV1(fetch);
        }
        beforeFetch = ',';
      }
      end(beforeFetch, '[', ']');
      before = ',';
    }
    end(before, '{', '}');
  }

  /** What is still open before its first part is empty. */
  private void end(char before, char open, char close) throws IOException {
    if (before == open) {
      text.add(open);
    }
    text.add(close);
  }

  private void url(Fetch fetch) throws IOException {
    var path = urls.xorb(xorbs.row(fetch.xorb()).storageKey(), List.of(fetch.body()));
    text.add(opening).within(path).add('"');
  }

  private void chunks(ChunkRange chunks) throws IOException {
    span(chunks.start(), chunks.end());
  }

  private void bytes(ByteRange bytes) throws IOException {
    span(bytes.start(), bytes.end() - 1);
  }

  private void span(long start, long end) throws IOException {
    text.add(START).add(start).add(END).add(end).add('}');
  }
}
