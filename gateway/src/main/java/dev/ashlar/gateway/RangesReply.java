package dev.ashlar.gateway;

import dev.ashlar.core.manifest.ByteRange;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.HttpRange;
import dev.ashlar.web.MultipartRanges;
import java.io.IOException;
import java.util.List;

/** A 206 answer: one range as it is, several as multipart with a part each. */
final class RangesReply {
  private RangesReply() {}

  static void send(
      Exchange exchange,
      String type,
      long totalBytes,
      List<ByteRange> ranges,
      MultipartRanges.Source source)
      throws IOException {
    exchange.setHeader("Accept-Ranges", "bytes");
    if (ranges.size() == 1) {
      var range = ranges.getFirst();
      exchange.setHeader("Content-Type", type);
      exchange.setHeader("Content-Range", HttpRange.contentRange(range, totalBytes));
      stream(exchange, 206, range, source);
      return;
    }
    var parts = new MultipartRanges(type, totalBytes, ranges);
    exchange.setHeader("Content-Type", parts.contentType());
    try (var out = exchange.stream(206, parts.bytes())) {
      if (!isHead(exchange)) {
        parts.write(out, source);
      }
    }
  }

  /** Streams one range as the whole body of an answer. */
  static void stream(Exchange exchange, int status, ByteRange range, MultipartRanges.Source source)
      throws IOException {
    try (var out = exchange.stream(status, range.bytes())) {
      if (!isHead(exchange)) {
        source.copy(range, out);
      }
    }
  }

  private static boolean isHead(Exchange exchange) {
    return exchange.method().equals("HEAD");
  }
}
