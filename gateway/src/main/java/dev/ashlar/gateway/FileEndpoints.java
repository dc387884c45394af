package dev.ashlar.gateway;

import dev.ashlar.core.manifest.ByteRange;
import dev.ashlar.core.problem.Problem.BeyondEnd;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.core.token.FileUrl;
import dev.ashlar.core.token.SignedUrls;
import dev.ashlar.web.EntityTag;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.HttpRange;
import dev.ashlar.web.Reply;
import java.io.IOException;
import java.util.List;

/**
 * Whole files, with ranges and conditions as browsers and download tools use them. The URL carries
 * the headers that the hub chose; what comes out is other people's content, so it is fenced in.
 */
final class FileEndpoints {
  private static final int RANGES_MAX = 64;

  private final SignedUrls urls;
  private final StoredFiles files;

  FileEndpoints(SignedUrls urls, StoredFiles files) {
    this.urls = urls;
    this.files = files;
  }

  void read(Exchange exchange) throws IOException {
    var url = urls.verifyFile(exchange.rawPath(), exchange.rawQuery());
    var file = files.find(url.file());
    var etag = EntityTag.of(url.etag());
    var type = type(url);
    setHeaders(exchange, url, type, etag);
    if (etag.isKnownTo(exchange)) {
      exchange.send(Reply.empty(304));
      return;
    }
    var range = etag.range(exchange);
    if (file.bytes() == 0) {
      range.ifPresent(_ -> exchange.setHeader("Content-Range", "bytes */0"));
      whole(exchange, file);
      return;
    }
    var ranges = range.map(asked -> within(asked, file.bytes())).orElse(List.of());
    if (ranges.isEmpty()) {
      whole(exchange, file);
    } else {
      RangesReply.send(exchange, type, file.bytes(), ranges, file::copy);
    }
  }

  private static void whole(Exchange exchange, ReadableFile file) throws IOException {
    RangesReply.stream(exchange, 200, new ByteRange(0, file.bytes()), file::copy);
  }

  private static void setHeaders(Exchange exchange, FileUrl url, String type, EntityTag etag) {
    exchange.setHeader("ETag", etag.quoted());
    exchange.setHeader("Accept-Ranges", "bytes");
    exchange.setHeader("Content-Type", type);
    if (isPrintable(url.disposition())) {
      exchange.setHeader("Content-Disposition", url.disposition());
    }
    exchange.setHeader("X-Content-Type-Options", "nosniff");
    exchange.setHeader(
        "Content-Security-Policy",
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; media-src 'self';"
            + " sandbox");
    exchange.setHeader("Cache-Control", "private, no-transform, max-age=3600");
  }

  private static String type(FileUrl url) {
    return isPrintable(url.contentType()) ? url.contentType() : "application/octet-stream";
  }

  private static boolean isPrintable(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < 0x20 || value.charAt(i) >= 0x7f) {
        return false;
      }
    }
    return !value.isBlank();
  }

  /** What is left of the ranges; none where the whole file is no more than they would bring. */
  private static List<ByteRange> within(HttpRange asked, long bytes) {
    var ranges = asked.within(bytes);
    if (ranges.isEmpty()) {
      throw new ProblemException(new BeyondEnd(bytes));
    }
    long sum = ranges.stream().mapToLong(ByteRange::bytes).reduce(0, FileEndpoints::saturated);
    return ranges.size() > 1 && (ranges.size() > RANGES_MAX || sum > bytes) ? List.of() : ranges;
  }

  private static long saturated(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }
}
