package dev.ashlar.casserver.xet;

import dev.ashlar.casserver.intake.UsedXorbs;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.token.SignedUrls;
import dev.ashlar.reconstruction.Fetch;
import dev.ashlar.reconstruction.ReconstructionPlan;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The answer that holds the plans of several files: each one's terms, then what all fetch. */
final class BatchText {
  private static final byte[] FILES = PlanText.words("{\"files\":{");
  private static final byte[] FETCH_INFO = PlanText.words("},\"fetch_info\":{");

  private final PlanText text;
  private final SignedUrls urls;
  private final byte[] opening;

  /** Signs addresses below {@code base}. */
  BatchText(PlanText text, SignedUrls urls, String base) {
    this.text = text;
    this.urls = urls;
    this.opening = PlanText.opening(base);
  }

  /** One of the files, and the xorbs that it may use. */
  record Planned(MerkleHash file, ReconstructionPlan plan, UsedXorbs xorbs) {}

  /** Writes all of it, to the end. */
  void write(List<Planned> plans) throws IOException {
    text.add(FILES);
    boolean isFirst = true;
    for (var planned : plans) {
      name(planned.file(), isFirst);
      parts(planned).terms(planned.plan().terms());
      isFirst = false;
    }
    text.add(FETCH_INFO);
    isFirst = true;
    for (var entry : fetches(plans).entrySet()) {
      name(entry.getKey(), isFirst);
      char before = '[';
      for (var fetch : entry.getValue().entrySet()) {
        text.add(before);
        parts(fetch.getValue()).fetchV1(fetch.getKey());
        before = ',';
      }
      text.add(']');
      isFirst = false;
    }
    text.add('}').add('}').end();
  }

  private PlanWriter parts(Planned planned) {
    return new PlanWriter(text, urls, opening, planned.xorbs());
  }

  private void name(MerkleHash hash, boolean isFirst) throws IOException {
    if (!isFirst) {
      text.add(',');
    }
    text.add('"').add(hash).add('"').add(':');
  }

  /** The fetches of all files by xorb, each once, with a file that may sign for it. */
  private static Map<MerkleHash, Map<Fetch, Planned>> fetches(List<Planned> plans) {
    var byXorb = new LinkedHashMap<MerkleHash, Map<Fetch, Planned>>();
    for (var planned : plans) {
      for (var fetch : planned.plan().fetches()) {
        byXorb
            .computeIfAbsent(fetch.xorb(), _ -> new LinkedHashMap<>())
            .putIfAbsent(fetch, planned);
      }
    }
    return byXorb;
  }
}
