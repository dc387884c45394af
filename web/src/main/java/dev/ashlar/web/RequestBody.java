package dev.ashlar.web;

import dev.ashlar.core.problem.Problem.Malformed;
import dev.ashlar.core.problem.Problem.OverLimit;
import dev.ashlar.core.problem.Problem.UnreadableForm;
import dev.ashlar.core.problem.ProblemException;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** The body of one request: opened once, under a limit, and known to be read to its end or not. */
final class RequestBody {
  private static final long SMALL_BYTES = 256 * 1024;

  private final ServerRequest request;
  private @Nullable InputStream raw;
  private boolean broken;

  RequestBody(ServerRequest request) {
    this.request = request;
  }

  Optional<Long> declaredLength() {
    return request.headers().first(HeaderNames.CONTENT_LENGTH).map(Long::parseLong);
  }

  /** The bytes as they came; a content coding is refused. */
  InputStream open(String what, long bytesMax) {
    if (!coding().equals("identity")) {
      throw new ProblemException(new UnreadableForm(what + " must come without content coding"));
    }
    if (declaredLength().orElse(0L) > bytesMax) {
      throw new ProblemException(new OverLimit(what, bytesMax));
    }
    return limited(what, bytesMax);
  }

  /** The bytes behind a gzip coding, if there is one; the limit is for the decoded ones. */
  InputStream openDecoded(String what, long bytesMax) throws IOException {
    return switch (coding()) {
      case "identity" -> open(what, bytesMax);
      case "gzip", "x-gzip" ->
          new BodyInput(gunzip(limited(what, bytesMax), what), what, bytesMax, () -> {});
      default -> throw new ProblemException(new UnreadableForm(what + " may be gzip coded only"));
    };
  }

  private static InputStream gunzip(InputStream in, String what) throws IOException {
    try {
      return new GZIPInputStream(in, 16 * 1024) {
        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
          try {
            return super.read(target, offset, length);
          } catch (ZipException e) {
            throw new ProblemException(new Malformed(what, 0, "gzip: " + e.getMessage()));
          }
        }
      };
    } catch (ZipException e) {
      throw new ProblemException(new Malformed(what, 0, "gzip: " + e.getMessage()));
    }
  }

  private String coding() {
    return request
        .headers()
        .first(HeaderNames.CONTENT_ENCODING)
        .orElse("identity")
        .strip()
        .toLowerCase(Locale.ROOT);
  }

  private BodyInput limited(String what, long bytesMax) {
    if (raw == null) {
      raw = request.content().inputStream();
    }
    return new BodyInput(raw, what, bytesMax, () -> broken = true);
  }

  /** Whether the client has sent, or is about to send, bytes that nobody has read. */
  boolean isLeft() {
    return request.content().hasEntity() && !request.content().consumed();
  }

  /**
   * Whether reading the rest is cheaper than a new connection. Never so for a client that waits to
   * be asked for its body: it may send it or not.
   */
  boolean isWorthDraining() {
    return !broken
        && request.continueSent()
        && declaredLength().orElse(Long.MAX_VALUE) <= SMALL_BYTES;
  }

  void drain() throws IOException {
    limited("body", SMALL_BYTES).transferTo(OutputStream.nullOutputStream());
  }
}
