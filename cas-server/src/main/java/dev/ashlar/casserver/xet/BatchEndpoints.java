package dev.ashlar.casserver.xet;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.ByteRange;
import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.Problem.OverLimit;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.core.token.SignedUrls;
import dev.ashlar.core.token.XetToken.Scope;
import dev.ashlar.reconstruction.ReconstructionPlan;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Plans of several whole files in one answer of the first version. */
final class BatchEndpoints {
  private static final int FILES_MAX = 1000;

  /** All plans of an answer lie in memory together. */
  private static final int TERMS_MAX = 500_000;

  private static final int BODY_BYTES_MAX = 256 << 10;

  private final XetAuth auth;
  private final HeldFiles files;
  private final PlanRoom room;
  private final SignedUrls urls;
  private final Optional<String> gatewayUrl;

  BatchEndpoints(
      XetAuth auth, HeldFiles files, PlanRoom room, SignedUrls urls, Optional<String> gatewayUrl) {
    this.auth = auth;
    this.files = files;
    this.room = room;
    this.urls = urls;
    this.gatewayUrl = gatewayUrl;
  }

  void routes(CasRoutes routes) {
    var paths = new String[] {"/v1/reconstructions", "/reconstructions"};
    routes.add("GET", exchange -> answer(exchange, asked -> asked.queries("file_id")), paths);
    routes.add("POST", exchange -> answer(exchange, BatchEndpoints::posted), paths);
  }

  /** Where the files' hashes stand in a request. */
  private interface Asked {
    List<String> in(Exchange exchange) throws IOException;
  }

  private static List<String> posted(Exchange exchange) throws IOException {
    var body = exchange.bodyBytes("batch", BODY_BYTES_MAX);
    var hashes = new ArrayList<String>();
    for (var entry : Json.tree(new ByteArrayInputStream(body))) {
      hashes.add(entry.path("hash").asText(""));
    }
    return hashes;
  }

  private void answer(Exchange exchange, Asked ids) throws IOException {
    var token = auth.require(exchange, Scope.READ);
    var asked = distinct(ids.in(exchange));
    var looks = new ArrayList<HeldFiles.Look>();
    int terms = 0;
    for (var file : asked) {
      var look = files.look(token.repoId(), file);
      looks.add(look);
      terms += look.terms();
      if (terms > TERMS_MAX && asked.size() > 1) {
        throw new ProblemException(new OverLimit("terms of a batch", TERMS_MAX));
      }
    }
    try (var _ = room.take(exchange, token.callerId(), terms)) {
      plan(exchange, looks);
    }
  }

  private void plan(Exchange exchange, List<HeldFiles.Look> looks) throws IOException {
    var plans = new ArrayList<BatchText.Planned>();
    for (var look : looks) {
      var held = files.open(look);
      var whole = new ByteRange(0, held.manifest().bytes());
      var plan = ReconstructionPlan.of(held.manifest(), whole, held.xorbs()::index);
      plans.add(new BatchText.Planned(look.file(), plan, held.xorbs()));
    }
    exchange.setHeader("Content-Type", "application/json");
    var base = gatewayUrl.orElseGet(exchange::baseUrl);
    new BatchText(new PlanText(exchange.stream(200)), urls, base).write(plans);
  }

  private static Collection<MerkleHash> distinct(List<String> ids) {
    if (ids.size() > FILES_MAX) {
      throw new ProblemException(new OverLimit("files of a batch", FILES_MAX));
    }
    if (ids.isEmpty()) {
      throw new ProblemException(new Invalid("batch", "it names no file"));
    }
    var files = new LinkedHashSet<MerkleHash>();
    ids.forEach(id -> files.add(MerkleHash.parse(id)));
    return files;
  }
}
