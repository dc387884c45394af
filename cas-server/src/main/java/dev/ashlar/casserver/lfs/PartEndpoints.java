package dev.ashlar.casserver.lfs;

import dev.ashlar.casserver.intake.Admission;
import dev.ashlar.casserver.intake.CallerCount;
import dev.ashlar.core.problem.Need;
import dev.ashlar.core.problem.Problem.Refused;
import dev.ashlar.core.problem.Problem.Unprocessable;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.core.token.PartUrls;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Json;
import dev.ashlar.web.Reply;
import dev.ashlar.web.Routes;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the parts of large LFS objects, and the word that all of them are there. */
final class PartEndpoints {
  private static final int BODY_BYTES_MAX = 16 << 20;

  /** Clients send some eight objects at once. */
  private static final int COMPLETIONS_MAX = 64;

  private final CallerCount completions = new CallerCount("objects to join", COMPLETIONS_MAX);
  private final PartUrls urls;
  private final Admission admission;
  private final PartIntake intake;
  private final Joining joining;

  PartEndpoints(PartUrls urls, Admission admission, PartIntake intake, Joining joining) {
    this.urls = urls;
    this.admission = admission;
    this.intake = intake;
    this.joining = joining;
  }

  /** All parts, as their sender knows them. */
  private record Completion(@Nullable String oid, @Nullable List<SentPart> parts) {}

  void routes(Routes routes) {
    routes.put("/cas/put/lfs/{oid}/parts/{number}", this::put);
    routes.post("/cas/put/lfs/{oid}/complete", this::complete);
  }

  private void put(Exchange exchange) throws IOException {
    var part = urls.verifyPart(exchange.rawPath(), exchange.rawQuery());
    admit(part.object().callerId(), part.object().repoId());
    long declared = exchange.declaredLength().orElse(part.bytes());
    if (declared != part.bytes()) {
      throw PartIntake.wrongLength(part, declared);
    }
    try (var body = exchange.body("part " + part.number(), part.bytes())) {
      var digest = intake.take(part, body);
      exchange.send(Reply.empty(200).with("ETag", "\"" + digest + "\""));
    }
  }

  private void complete(Exchange exchange) throws IOException {
    var object = urls.verifyComplete(exchange.rawPath(), exchange.rawQuery());
    admit(object.callerId(), object.repoId());
    var sent = Json.read(exchange.body("list of parts", BODY_BYTES_MAX), Completion.class);
    if (sent.oid() != null && !sent.oid().equals(object.oid().toString())) {
      throw new ProblemException(new Unprocessable("oid", "the address is for another object"));
    }
    List<SentPart> parts = sent.parts() == null ? List.of() : sent.parts();
    if (parts.size() > object.parts()) {
      throw new ProblemException(
          new Unprocessable(
              "parts", parts.size() + " are named, and the object has " + object.parts()));
    }
    completions.enter(object.callerId());
    PatientReply.send(
        exchange,
        isAwaited -> {
          try {
            joining.join(object, parts, isAwaited);
          } finally {
            completions.leave(object.callerId());
          }
        });
  }

  private void admit(long callerId, long repoId) {
    if (!admission.maySend(callerId, repoId)) {
      throw new ProblemException(new Refused(Need.VALID_SIGNATURE));
    }
  }
}
