package dev.ashlar.casserver.xet;

import dev.ashlar.core.manifest.ByteRange;
import dev.ashlar.core.problem.Problem.BeyondEnd;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.core.token.SignedUrls;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.HttpRange;
import java.io.IOException;
import java.util.Optional;

/** Tells how a file, or a range of it, is made from ranges of xorbs. */
final class ReconstructionEndpoints {
  private static final byte[] OFFSET = PlanText.words("{\"offset_into_first_range\":");
  private static final byte[] TERMS = PlanText.words(",\"terms\":");
  private static final byte[] XORBS = PlanText.words(",\"xorbs\":");
  private static final byte[] FETCH_INFO = PlanText.words(",\"fetch_info\":");

  private final XetAuth auth;
  private final HeldFiles files;
  private final FilePlans plans;
  private final PlanRoom room;
  private final SignedUrls urls;
  private final Optional<String> gatewayUrl;

  ReconstructionEndpoints(
      XetAuth auth,
      HeldFiles files,
      FilePlans plans,
      PlanRoom room,
      SignedUrls urls,
      Optional<String> gatewayUrl) {
    this.auth = auth;
    this.files = files;
    this.plans = plans;
    this.room = room;
    this.urls = urls;
    this.gatewayUrl = gatewayUrl;
  }

  void routes(CasRoutes routes) {
    routes.add("GET", exchange -> plan(exchange, true), "/v2/reconstructions/{hash}");
    routes.add(
        "GET",
        exchange -> plan(exchange, false),
        "/v1/reconstructions/{hash}",
        "/reconstructions/{hash}",
        "/reconstruction/{hash}");
    routes.add("HEAD", this::head, "/v1/files/{hash}");
  }

  private void plan(Exchange exchange, boolean second) throws IOException {
    var reader = auth.reader(exchange);
    var look = files.look(reader);
    try (var _ = room.take(exchange, reader.token().callerId(), look.terms())) {
      write(exchange, files.open(look), second);
    }
  }

  private void write(Exchange exchange, HeldFiles.Held held, boolean second) throws IOException {
    long bytes = held.manifest().bytes();
    var range =
        exchange
            .header("Range")
            .map(header -> range(header, bytes))
            .orElseGet(() -> new ByteRange(0, bytes));
    var plan = plans.of(held, range);
    exchange.setHeader("Content-Type", "application/json");
    var text = new PlanText(exchange.stream(200));
    var opening = PlanText.opening(gatewayUrl.orElseGet(exchange::baseUrl));
    var writer = new PlanWriter(text, urls, opening, held.xorbs());
    text.add(OFFSET).add(plan.offsetIntoFirstRange()).add(TERMS);
    writer.terms(plan.terms());
    text.add(second ? XORBS : FETCH_INFO);
    writer.fetches(plan.fetches(), second);
    text.add('}').end();
  }

  /**
   * One range, cut at the file's end; what is not one range is answered like one behind the end.
   * The empty file has a beginning too.
   */
  private static ByteRange range(String header, long fileBytes) {
    return HttpRange.parse(header)
        .filter(asked -> asked.count() == 1)
        .flatMap(asked -> asked.within(Math.max(1, fileBytes)).stream().findFirst())
        .map(range -> new ByteRange(range.start(), Math.min(range.end(), fileBytes)))
        .orElseThrow(() -> new ProblemException(new BeyondEnd(fileBytes)));
  }

  private void head(Exchange exchange) {
    exchange.sendHead(200, files.look(auth.reader(exchange)).bytes());
  }
}
