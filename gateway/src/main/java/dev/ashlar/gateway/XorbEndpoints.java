package dev.ashlar.gateway;

import dev.ashlar.core.manifest.ByteRange;
import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Need;
import dev.ashlar.core.problem.Problem.BeyondEnd;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.core.problem.Problem.Refused;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.core.token.SignedUrls;
import dev.ashlar.core.token.XorbUrl;
import dev.ashlar.objectstore.ObjectKey;
import dev.ashlar.objectstore.StoredXorbs;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.HttpRange;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;

/**
 * Ranges of a xorb's body. The URL names the ranges that may be read; a request asks for these or
 * for parts of them, and never gets a byte of the footer.
 */
final class XorbEndpoints {
  private static final String TYPE = "application/octet-stream";

  private final SignedUrls urls;
  private final StoredXorbs xorbs;

  XorbEndpoints(SignedUrls urls, StoredXorbs xorbs) {
    this.urls = urls;
    this.xorbs = xorbs;
  }

  void read(Exchange exchange) throws IOException {
    var url = urls.verifyXorb(exchange.rawPath(), exchange.rawQuery());
    var key = new ObjectKey(url.storageKey());
    long bodyBytes = bodyBytes(key);
    var ranges = ranges(exchange, url, bodyBytes);
    exchange.setHeader("ETag", "\"" + key.text().substring(key.text().lastIndexOf('/') + 1) + "\"");
    exchange.setHeader("Cache-Control", "private, no-transform, max-age=3600");
    RangesReply.send(
        exchange,
        TYPE,
        bodyBytes,
        ranges,
        (range, out) -> {
          try (var in = xorbs.open(key, range)) {
            in.transferTo(out);
          }
        });
  }

  private long bodyBytes(ObjectKey key) throws IOException {
    try {
      return xorbs.bodyBytes(key);
    } catch (NoSuchFileException _) {
      throw new ProblemException(new Missing(Kind.XORB, key.text()));
    }
  }

  /** What to serve: the ranges asked for, or all that are signed when none is asked for. */
  private static List<ByteRange> ranges(Exchange exchange, XorbUrl url, long bodyBytes) {
    var header = exchange.header("Range");
    if (header.isEmpty()) {
      return url.ranges();
    }
    var asked = HttpRange.parse(header.get());
    var ranges = asked.map(range -> range.within(bodyBytes)).orElse(List.of());
    if (ranges.isEmpty() || ranges.size() < asked.map(HttpRange::count).orElse(0)) {
      throw new ProblemException(new BeyondEnd(bodyBytes));
    }
    for (var range : ranges) {
      if (url.ranges().stream().noneMatch(signed -> contains(signed, range))) {
        throw new ProblemException(new Refused(Need.VALID_SIGNATURE));
      }
    }
    if (ranges.size() > XorbUrl.RANGES_MAX || bytes(ranges) > bytes(url.ranges())) {
      throw new ProblemException(new BeyondEnd(bodyBytes)); // each byte is asked for once
    }
    return ranges;
  }

  private static long bytes(List<ByteRange> ranges) {
    return ranges.stream().mapToLong(ByteRange::bytes).sum();
  }

  private static boolean contains(ByteRange signed, ByteRange range) {
    return signed.start() <= range.start() && range.end() <= signed.end();
  }
}
