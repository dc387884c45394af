package dev.ashlar.casserver.lfs;

import dev.ashlar.casserver.intake.Admission;
import dev.ashlar.casserver.intake.FileIntake;
import dev.ashlar.casserver.intake.ReturnedFiles;
import dev.ashlar.core.problem.Need;
import dev.ashlar.core.problem.Problem.Refused;
import dev.ashlar.core.problem.Problem.Unprocessable;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.core.token.SignedUrls;
import dev.ashlar.metadata.Database;
import dev.ashlar.objectstore.ObjectStore;
import dev.ashlar.objectstore.Staging;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Reply;
import dev.ashlar.web.Routes;
import java.io.IOException;

/** Takes the objects that an LFS batch answer signed an address for, whole or in parts. */
public final class LfsEndpoints {
  private final SignedUrls urls;
  private final Admission admission;
  private final FileIntake intake;
  private final PartSweep sweep;
  private final PartEndpoints parts;

  /** The address is the permission while its caller is admitted; the bytes go to the intake. */
  public LfsEndpoints(
      Database database,
      ObjectStore objects,
      Staging staging,
      SignedUrls urls,
      Admission admission,
      FileIntake intake) {
    this.urls = urls;
    this.admission = admission;
    this.intake = intake;
    this.sweep = new PartSweep(database, objects);
    this.parts =
        new PartEndpoints(
            urls.parts(),
            admission,
            new PartIntake(database, objects, staging),
            new Joining(
                database, objects, intake, new ReturnedFiles(admission.authority()), sweep));
  }

  /** Adds the routes. */
  public void routes(Routes routes) {
    routes.put("/cas/put/lfs/{oid}", this::put);
    parts.routes(routes);
  }

  /** Removes the parts of uploads that were given up. */
  public void sweep() throws IOException {
    sweep.run();
  }

  private void put(Exchange exchange) throws IOException {
    var permitted = urls.verifyUpload(exchange.rawPath(), exchange.rawQuery());
    if (!admission.maySend(permitted.callerId(), permitted.repoId())) {
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
