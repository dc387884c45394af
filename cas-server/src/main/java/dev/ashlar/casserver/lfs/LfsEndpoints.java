package dev.ashlar.casserver.lfs;

import dev.ashlar.casserver.intake.Admission;
import dev.ashlar.casserver.intake.FileIntake;
import dev.ashlar.core.problem.Need;
import dev.ashlar.core.problem.Problem.Refused;
import dev.ashlar.core.problem.Problem.Unprocessable;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.core.token.SignedUrls;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Reply;
import dev.ashlar.web.Routes;
import java.io.IOException;

/** Takes the objects that an LFS batch answer signed an address for. */
public final class LfsEndpoints {
  private final SignedUrls urls;
  private final Admission admission;
  private final FileIntake intake;

  /** The address is the permission while its caller is admitted; the bytes go to the intake. */
  public LfsEndpoints(SignedUrls urls, Admission admission, FileIntake intake) {
    this.urls = urls;
    this.admission = admission;
    this.intake = intake;
  }

  /** Adds the route. */
  public void routes(Routes routes) {
    routes.put("/cas/put/lfs/{oid}", this::put);
  }

  private void put(Exchange exchange) throws IOException {
    var permitted = urls.verifyUpload(exchange.rawPath(), exchange.rawQuery());
    if (!admission.stands(permitted.callerId(), permitted.repoId())) {
      throw new ProblemException(new Refused(Need.VALID_SIGNATURE));
    }
    long declared = exchange.declaredLength().orElse(permitted.bytes());
    if (declared != permitted.bytes()) {
      throw new ProblemException(
          new Unprocessable("object", "it has " + declared + " bytes, not " + permitted.bytes()));
    }
    try (var body = exchange.body("object", Long.MAX_VALUE)) {
      intake.take(
          permitted.callerId(),
          permitted.repoId(),
          body,
          new FileIntake.Expected(permitted.oid(), permitted.bytes()));
    }
    exchange.send(Reply.empty(200));
  }
}
