package dev.ashlar.hub.resolve;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.ByteRange;
import dev.ashlar.core.problem.Problem.BeyondEnd;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.core.token.FileUrl;
import dev.ashlar.hub.tree.Queries;
import dev.ashlar.web.EntityTag;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.HttpRange;
import dev.ashlar.web.Reply;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectReader;

/** Answers HEAD and GET of a file: its headers always, its bytes or where they are for GET. */
final class FileAnswer {
  private static final String XET_FILE = "application/vnd.xet-fileinfo+json";

  private final Exchange exchange;
  private final ResolvedFile file;
  private final EntityTag etag;
  private final DownloadUrls urls;
  private final boolean hasDisposition;
  private final String disposition;

  FileAnswer(Exchange exchange, ResolvedFile file, DownloadUrls urls) {
    this.exchange = exchange;
    this.file = file;
    this.etag = EntityTag.of(file.etag());
    this.urls = urls;
    this.hasDisposition = !Queries.flag(exchange, "noContentDisposition");
    this.disposition = ContentDisposition.of(file.path(), Queries.flag(exchange, "download"));
  }

  /** Sends the answer; HEAD carries everything itself and never points elsewhere. */
  void send(ObjectReader reader) throws IOException {
    headers();
    if (file.xet().isPresent() && exchange.header("Accept").orElse("").contains(XET_FILE)) {
      sendXetFile(file.xet().get());
    } else if (exchange.method().equals("HEAD")) {
      exchange.sendHead(200, file.bytes());
    } else if (etag.isKnownTo(exchange)) {
      exchange.send(Reply.empty(304));
    } else if (file.bytes() == 0) {
      sendEmpty();
    } else if (file.isLarge()) {
      exchange.setHeader("Location", location());
      exchange.send(Reply.empty(302));
    } else {
      sendBlob(reader);
    }
  }

  private void headers() {
    exchange.setHeader("ETag", etag.quoted());
    exchange.setHeader("Accept-Ranges", "bytes");
    exchange.setHeader("Content-Type", ContentTypes.of(file.path()));
    exchange.setHeader("X-Content-Type-Options", "nosniff");
    exchange.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
    if (hasDisposition) {
      exchange.setHeader("Content-Disposition", disposition);
    }
    if (file.isLarge()) {
      exchange.setHeader("X-Linked-ETag", etag.quoted());
      exchange.setHeader("X-Linked-Size", Long.toString(file.bytes()));
    }
    file.xet()
        .ifPresent(
            hash -> {
              exchange.setHeader("Vary", "Accept");
              exchange.setHeader("X-Xet-Hash", hash.toString());
              exchange.setHeader(
                  "Link",
                  "<%s>; rel=\"xet-auth\", <%s>; rel=\"xet-reconstruction-info\""
                      .formatted(refreshUrl(), reconstructionUrl(hash)));
            });
  }

  private String refreshUrl() {
    var visit = file.visit();
    return visit.repo().apiUrl(exchange.baseUrl(), "/xet-read-token/" + file.commit());
  }

  private String reconstructionUrl(MerkleHash hash) {
    return urls.casUrl(exchange, file.visit()) + "/v1/reconstructions/" + hash;
  }

  /** JavaScript asks this way for what it needs to know of a file in the chunk store. */
  private void sendXetFile(MerkleHash hash) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("hash", hash.toString());
    body.put("size", file.bytes());
    body.put("refreshUrl", refreshUrl());
    body.put("reconstructionUrl", reconstructionUrl(hash));
    exchange.send(Reply.json(200, body).with("Content-Type", XET_FILE));
  }

  /** A range of an empty file cannot be right or wrong: 200, and its size where probes look. */
  private void sendEmpty() {
    if (exchange.header("Range").isPresent()) {
      exchange.setHeader("Content-Range", "bytes */0");
    }
    exchange.send(Reply.empty(200));
  }

  private String location() {
    return urls.fileUrl(
        exchange,
        new FileUrl(
            file.xet().orElseThrow(),
            file.bytes(),
            ContentTypes.of(file.path()),
            hasDisposition ? disposition : "",
            file.etag()));
  }

  private void sendBlob(ObjectReader reader) throws IOException {
    var range = range();
    var part = range.orElse(new ByteRange(0, file.bytes()));
    range.ifPresent(
        some -> exchange.setHeader("Content-Range", HttpRange.contentRange(some, file.bytes())));
    try (var in = reader.open(file.blob(), Constants.OBJ_BLOB).openStream()) {
      in.skipNBytes(part.start());
      try (var out = exchange.stream(range.isPresent() ? 206 : 200, part.bytes())) {
        var buffer = new byte[64 * 1024];
        for (long left = part.bytes(); left > 0; ) {
          int n = in.read(buffer, 0, (int) Math.min(left, buffer.length));
          if (n < 0) {
            throw new IOException("blob " + file.blob().name() + " is too short");
          }
          out.write(buffer, 0, n);
          left -= n;
        }
      }
    }
  }

  /** One range is served; several mean the whole file, which is small here. */
  private Optional<ByteRange> range() {
    return etag.range(exchange)
        .filter(asked -> asked.count() == 1)
        .map(
            asked ->
                asked.within(file.bytes()).stream()
                    .findFirst()
                    .orElseThrow(() -> new ProblemException(new BeyondEnd(file.bytes()))));
  }
}
