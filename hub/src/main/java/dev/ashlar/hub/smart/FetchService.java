package dev.ashlar.hub.smart;

import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.git.GitRepositories;
import dev.ashlar.objectstore.Staging;
import dev.ashlar.web.ClientGoneException;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Reply;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.pack.PackConfig;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.ServiceMayNotContinueException;
import org.eclipse.jgit.transport.UploadPack;
import org.eclipse.jgit.transport.UploadPackInternalServerErrorException;

/** Sends refs and packs: {@code git-upload-pack}. */
final class FetchService {
  static final String NAME = "git-upload-pack";

  private static final String RESULT = "application/x-git-upload-pack-result";

  /** Some 160,000 objects that are wanted or had, far more than clients name at once. */
  private static final int REQUEST_BYTES_MAX = 8 << 20;

  private static final int BUFFER_BYTES = 128 << 10;
  private static final int THREADS_MAX = 32;

  private final GitRepositories repositories;
  private final Staging staging;
  private final GitWorkers workers = new GitWorkers("git-fetch", THREADS_MAX);

  FetchService(GitRepositories repositories, Staging staging) {
    this.repositories = repositories;
    this.staging = staging;
  }

  /** What there is to fetch (version 0), or what can be asked (version 2). */
  void advertise(Exchange exchange, long repoId) throws IOException {
    var answer = new ByteArrayOutputStream();
    try (var repo = repositories.open(repoId);
        var pack = uploadPack(exchange, repo)) {
      var out = new PacketLineOutRefAdvertiser(new PacketLineOut(answer));
      pack.sendAdvertisedRefs(out, NAME);
    }
    GitReplies.type(exchange, "application/x-git-upload-pack-advertisement");
    exchange.send(new Reply(200, Map.of(), answer.toByteArray()));
  }

  /** One step of a negotiation, with a pack at its end. */
  void fetch(Exchange exchange, long repoId) throws IOException {
    try (var body =
        SpooledBody.of(staging, exchange.decodedBody("a fetch request", REQUEST_BYTES_MAX))) {
      workers.run(() -> fetch(exchange, repoId, body));
    }
  }

  private void fetch(Exchange exchange, long repoId, SpooledBody body) throws IOException {
    boolean isRelative;
    try (var asked = body.open()) {
      isRelative = FetchLines.check(asked);
    } catch (ServiceMayNotContinueException refused) {
      GitReplies.refuse(exchange, RESULT, String.valueOf(refused.getMessage()));
      return;
    }
    try (var repo = repositories.open(repoId);
        var pack = uploadPack(exchange, repo);
        var asked = body.open();
        var in = isRelative ? RelativeDepth.resolved(asked, repo) : asked) {
      GitReplies.type(exchange, RESULT);
      // a stream that is closed looks whole to the client, so a failure leaves it open
      var out = new BufferedOutputStream(exchange.stream(200), BUFFER_BYTES);
      send(pack, in, out);
      out.close();
    }
  }

  /** A request that cannot be served is told to the client inside the answer. */
  private static void send(UploadPack pack, InputStream in, BufferedOutputStream out)
      throws IOException {
    try {
      pack.upload(in, out, null);
    } catch (ServiceMayNotContinueException e) {
      if (!e.isOutput()) {
        throw new ProblemException(new Invalid("fetch", String.valueOf(e.getMessage())));
      }
    } catch (UploadPackInternalServerErrorException e) {
      if (e.getCause() instanceof ClientGoneException gone) {
        throw gone;
      }
      if (!(e.getCause() instanceof PackProtocolException)
          && !(e.getCause() instanceof EOFException)) {
        throw e;
      }
    }
  }

  private static UploadPack uploadPack(Exchange exchange, Repository repo) {
    var pack = new UploadPack(repo);
    pack.setBiDirectionalPipe(false);
    pack.setExtraParameters(parameters(exchange));
    pack.setRequestPolicy(UploadPack.RequestPolicy.ANY);
    pack.setAdvertiseRefsHook(new AllRefs());
    var config = new PackConfig(repo);
    config.setThreads(1);
    config.setDeltaCompress(false); // deltas that clients have made are sent on as they are
    pack.setPackConfig(config);
    return pack;
  }

  private static List<String> parameters(Exchange exchange) {
    return List.of(exchange.header("Git-Protocol").orElse("").split(":", -1));
  }
}
