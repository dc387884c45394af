package dev.ashlar.hub.lfs;

import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.token.FileUrl;
import dev.ashlar.core.token.SignedUrls;
import dev.ashlar.core.token.UploadUrl;
import dev.ashlar.core.token.XetToken.Scope;
import dev.ashlar.hub.lfs.BatchAnswer.Action;
import dev.ashlar.hub.lfs.BatchAnswer.Answered;
import dev.ashlar.hub.lfs.BatchRequest.Wanted;
import dev.ashlar.hub.repo.Visit;
import dev.ashlar.hub.xettoken.XetTokenIssuer;
import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.Holds;
import dev.ashlar.metadata.StoredFile;
import dev.ashlar.web.UrlText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Works out a batch answer. An object counts as present only when this very repository holds it:
 * whoever knows no more than an oid learns nothing, and must send the bytes.
 */
final class Batch {
  private static final long EXPIRES_IN = SignedUrls.LIFETIME_MAX.toSeconds();

  private final Database database;
  private final SignedUrls urls;
  private final XetTokenIssuer xet;
  private final Optional<String> gatewayUrl;

  Batch(Database database, SignedUrls urls, XetTokenIssuer xet, Optional<String> gatewayUrl) {
    this.database = database;
    this.urls = urls;
    this.xet = xet;
    this.gatewayUrl = gatewayUrl;
  }

  BatchAnswer upload(Visit visit, BatchRequest request, String baseUrl) {
    if (request.offers("xet")) {
      var action = xetAction(visit, request, baseUrl);
      return answer(
          visit,
          request,
          "xet",
          (wanted, _) -> Answered.todo(oid(wanted), wanted.bytes(), true, action));
    }
    return answer(visit, request, "basic", (wanted, oid) -> basic(visit, wanted, oid, baseUrl));
  }

  BatchAnswer download(Visit visit, BatchRequest request, String baseUrl) {
    return answer(
        visit,
        request,
        "basic",
        (wanted, _) -> Answered.wrong(oid(wanted), wanted.bytes(), 404, "Object does not exist"),
        held -> downloadable(held, baseUrl));
  }

  /** What to say of an object that the repository does not hold. */
  private interface Absent {
    Answered answer(Wanted wanted, Sha256 oid);
  }

  private BatchAnswer answer(Visit visit, BatchRequest request, String transfer, Absent absent) {
    return answer(
        visit,
        request,
        transfer,
        absent,
        held -> Answered.present(held.sha256().orElseThrow().toString(), held.bytes()));
  }

  private BatchAnswer answer(
      Visit visit,
      BatchRequest request,
      String transfer,
      Absent absent,
      Function<StoredFile, Answered> present) {
    var held = held(visit, request);
    return new BatchAnswer(
        transfer,
        request.wanted().stream().map(wanted -> answer(wanted, held, absent, present)).toList());
  }

  private Map<Sha256, StoredFile> held(Visit visit, BatchRequest request) {
    var oids = request.wanted().stream().flatMap(wanted -> wanted.sha256().stream()).toList();
    return oids.isEmpty()
        ? Map.of()
        : database.read(db -> Holds.bySha256(db, visit.repo().id(), oids));
  }

  private static Answered answer(
      Wanted wanted,
      Map<Sha256, StoredFile> held,
      Absent absent,
      Function<StoredFile, Answered> present) {
    var oid = wanted.sha256();
    if (oid.isEmpty()) {
      return wrong(wanted, "the oid must be 64 lower-case hex digits");
    }
    if (wanted.bytes() < 0) {
      return wrong(wanted, "the size must not be negative");
    }
    var file = held.get(oid.get());
    if (file == null) {
      return absent.answer(wanted, oid.get());
    }
    return file.bytes() == wanted.bytes()
        ? present.apply(file)
        : wrong(wanted, "the object has another size");
  }

  private static Answered wrong(Wanted wanted, String message) {
    return Answered.wrong(wanted.oid(), wanted.bytes(), 422, message);
  }

  private static String oid(Wanted wanted) {
    return wanted.sha256().map(Sha256::toString).orElseThrow();
  }

  private Answered basic(Visit visit, Wanted wanted, Sha256 oid, String baseUrl) {
    var put =
        urls.upload(new UploadUrl(visit.caller().casId(), visit.repo().id(), oid, wanted.bytes()));
    var actions = new LinkedHashMap<String, Action>();
    actions.put("upload", new Action(baseUrl + put, Map.of(), EXPIRES_IN));
    actions.put(
        "verify",
        new Action(
            visit.repo().url(baseUrl) + ".git/info/lfs/objects/verify", Map.of(), EXPIRES_IN));
    return Answered.todo(oid.toString(), wanted.bytes(), false, actions);
  }

  private Map<String, Action> xetAction(Visit visit, BatchRequest request, String baseUrl) {
    var issued = xet.issue(visit, Scope.WRITE, baseUrl);
    var branch = UrlText.encode(request.branch(visit.repo().defaultBranch()));
    var header = new LinkedHashMap<String, String>();
    header.put("X-Xet-Cas-Url", issued.casUrl());
    header.put("X-Xet-Access-Token", issued.accessToken());
    header.put("X-Xet-Token-Expiration", Long.toString(issued.expires().getEpochSecond()));
    header.put("X-Xet-Session-Id", UUID.randomUUID().toString());
    var href = visit.repo().apiUrl(baseUrl, "/xet-write-token/" + branch);
    return Map.of("upload", new Action(href, header, EXPIRES_IN));
  }

  private Answered downloadable(StoredFile held, String baseUrl) {
    var oid = held.sha256().orElseThrow().toString();
    var get =
        urls.file(
            new FileUrl(
                held.hash(),
                held.bytes(),
                "application/octet-stream",
                "attachment",
                "\"" + oid + "\""));
    var action = new Action(gatewayUrl.orElse(baseUrl) + get, Map.of(), EXPIRES_IN);
    return Answered.todo(oid, held.bytes(), true, Map.of("download", action));
  }
}
