package dev.ashlar.hub.lfs;

import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.token.FileUrl;
import dev.ashlar.core.token.PartUrls;
import dev.ashlar.core.token.PartsUrl;
import dev.ashlar.core.token.SignedUrls;
import dev.ashlar.core.token.UploadUrl;
import dev.ashlar.core.token.XetToken.Scope;
import dev.ashlar.hub.lfs.BatchAnswer.Action;
import dev.ashlar.hub.lfs.BatchAnswer.Answered;
import dev.ashlar.hub.lfs.BatchRequest.Wanted;
import dev.ashlar.hub.repo.PullRef;
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
  private static final long PARTS_EXPIRE_IN = PartUrls.LIFETIME.toSeconds();

  private final Database database;
  private final ReturnedObjects returned;
  private final SignedUrls urls;
  private final XetTokenIssuer xet;
  private final Optional<String> gatewayUrl;
  private final PartRule parts;

  Batch(
      Database database,
      ReturnedObjects returned,
      SignedUrls urls,
      XetTokenIssuer xet,
      Optional<String> gatewayUrl,
      PartRule parts) {
    this.database = database;
    this.returned = returned;
    this.urls = urls;
    this.xet = xet;
    this.gatewayUrl = gatewayUrl;
    this.parts = parts;
  }

  BatchAnswer upload(Visit visit, BatchRequest request, String baseUrl) {
    var held = held(visit, request);
    returned.keep(visit, held.values());
    if (request.offers("xet")) {
      var action = xetAction(visit, request, baseUrl);
      return upload(
          request,
          held,
          "xet",
          (wanted, _) -> Answered.todo(oid(wanted), wanted.bytes(), true, action));
    }
    if (request.offers("multipart") && request.wanted().stream().anyMatch(w -> isHuge(w, held))) {
      int objects = request.wanted().size();
      return upload(
          request,
          held,
          "multipart",
          (wanted, oid) -> inParts(visit, wanted, oid, baseUrl, objects));
    }
    return upload(request, held, "basic", (wanted, oid) -> whole(visit, wanted, oid, baseUrl));
  }

  /** A transfer is for a whole batch, so one huge object brings the others along. */
  private boolean isHuge(Wanted wanted, Map<Sha256, StoredFile> held) {
    return wanted.bytes() > parts.bytesMin()
        && wanted.sha256().map(oid -> !held.containsKey(oid)).orElse(false);
  }

  BatchAnswer download(Visit visit, BatchRequest request, String baseUrl) {
    return answer(
        request,
        held(visit, request),
        "basic",
        (wanted, _) -> Answered.wrong(oid(wanted), wanted.bytes(), 404, "Object does not exist"),
        held -> downloadable(held, baseUrl));
  }

  /** What to say of an object that the repository does not hold. */
  private interface Absent {
    Answered answer(Wanted wanted, Sha256 oid);
  }

  private static BatchAnswer upload(
      BatchRequest request, Map<Sha256, StoredFile> held, String transfer, Absent absent) {
    return answer(
        request,
        held,
        transfer,
        absent,
        file -> Answered.present(file.sha256().orElseThrow().toString(), file.bytes()));
  }

  private static BatchAnswer answer(
      BatchRequest request,
      Map<Sha256, StoredFile> held,
      String transfer,
      Absent absent,
      Function<StoredFile, Answered> present) {
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
    if (wanted.bytes() > LfsEndpoints.OBJECT_BYTES_MAX) {
      return wrong(wanted, "the size must not be above " + LfsEndpoints.OBJECT_BYTES_MAX);
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

  private Answered whole(Visit visit, Wanted wanted, Sha256 oid, String baseUrl) {
    var put =
        urls.upload(new UploadUrl(visit.caller().casId(), visit.repo().id(), oid, wanted.bytes()));
    return verified(visit, wanted, new Action(baseUrl + put, Map.of(), EXPIRES_IN), baseUrl);
  }

  /** The address of every part, in the order of their names, and the one that joins them. */
  private Answered inParts(Visit visit, Wanted wanted, Sha256 oid, String baseUrl, int objects) {
    long partBytes = parts.partBytes(wanted.bytes(), objects);
    var object =
        new PartsUrl(visit.caller().casId(), visit.repo().id(), oid, wanted.bytes(), partBytes);
    var header = new LinkedHashMap<String, String>();
    header.put("chunk_size", Long.toString(partBytes));
    for (int number = 1; number <= object.parts(); number++) {
      header.put("%05d".formatted(number), baseUrl + urls.parts().part(object, number));
    }
    var href = baseUrl + urls.parts().complete(object);
    return verified(visit, wanted, new Action(href, header, PARTS_EXPIRE_IN), baseUrl);
  }

  private static Answered verified(Visit visit, Wanted wanted, Action upload, String baseUrl) {
    var actions = new LinkedHashMap<String, Action>();
    actions.put("upload", upload);
    actions.put(
        "verify",
        new Action(
            visit.repo().url(baseUrl) + ".git/info/lfs/objects/verify",
            Map.of(),
            upload.expiresIn()));
    return Answered.todo(oid(wanted), wanted.bytes(), false, actions);
  }

  private Map<String, Action> xetAction(Visit visit, BatchRequest request, String baseUrl) {
    var asked = request.branch(visit.repo().defaultBranch());
    boolean isPull = PullRef.of(asked).isPresent();
    var scope = isPull || request.isForNewPull() ? Scope.PROPOSE : Scope.WRITE;
    var issued = xet.issue(visit, scope, baseUrl);
    var known = isPull ? asked : visit.repo().defaultBranch();
    var header = new LinkedHashMap<String, String>();
    header.put("X-Xet-Cas-Url", issued.casUrl());
    header.put("X-Xet-Access-Token", issued.accessToken());
    header.put("X-Xet-Token-Expiration", Long.toString(issued.expires().getEpochSecond()));
    header.put("X-Xet-Session-Id", UUID.randomUUID().toString());
    var href =
        visit.repo().apiUrl(baseUrl, "/xet-write-token/" + UrlText.encode(known))
            + (request.isForNewPull() ? "?create_pr=1" : "");
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
