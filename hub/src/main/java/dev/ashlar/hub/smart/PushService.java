package dev.ashlar.hub.smart;

import dev.ashlar.core.fault.CrashPoints;
import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.git.GitRepositories;
import dev.ashlar.hub.repo.PullRef;
import dev.ashlar.hub.repo.RepoDoor;
import dev.ashlar.hub.repo.Visit;
import dev.ashlar.hub.tree.RefChanges;
import dev.ashlar.objectstore.Staging;
import dev.ashlar.web.ClientGoneException;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Reply;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.Map;
import org.eclipse.jgit.errors.UnpackException;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.PreReceiveHook;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;

/** Takes pushes: {@code git-receive-pack}. */
final class PushService {
  static final String NAME = "git-receive-pack";

  private static final long COMMAND_BYTES_MAX = 2L << 20;
  private static final int PULLS_MAX = 100;
  private static final int BUFFER_BYTES = 64 << 10;

  /** Each may hold the bases of its deltas in memory. */
  private static final int THREADS_MAX = 4;

  private final GitRepositories repositories;
  private final Staging staging;
  private final RepoDoor door;
  private final PushRules rules;
  private final long packBytesMax;
  private final GitWorkers workers = new GitWorkers("git-push", THREADS_MAX);

  PushService(
      GitRepositories repositories,
      Staging staging,
      RepoDoor door,
      PushRules rules,
      long packBytesMax) {
    this.repositories = repositories;
    this.staging = staging;
    this.door = door;
    this.rules = rules;
    this.packBytesMax = packBytesMax;
  }

  /** Whether the caller, who may not write, may push to one of the newest pull requests. */
  boolean takesPullsOf(Visit visit) throws IOException {
    try (var repo = repositories.open(visit.repo().id())) {
      return repo.getRefDatabase().getRefsByPrefix(PullRef.PREFIX).stream()
          .flatMap(ref -> PullRef.of(ref.getName()).stream())
          .sorted(Comparator.comparingInt(PullRef::number).reversed())
          .limit(PULLS_MAX)
          .anyMatch(pull -> door.refusal(visit, pull.name()).isEmpty());
    }
  }

  /** The refs that there are to be moved. */
  void advertise(Exchange exchange, Visit visit) throws IOException {
    var answer = new ByteArrayOutputStream();
    var out = new PacketLineOut(answer);
    out.writeString("# service=" + NAME + "\n");
    out.end();
    try (var repo = repositories.open(visit.repo().id())) {
      new Push(repo, COMMAND_BYTES_MAX, packBytesMax)
          .sendAdvertisedRefs(new PacketLineOutRefAdvertiser(out));
    }
    GitReplies.type(exchange, "application/x-git-receive-pack-advertisement");
    exchange.send(new Reply(200, Map.of(), answer.toByteArray()));
  }

  /** Takes a pack and moves refs, or says in the answer why not. */
  void push(Exchange exchange, Visit visit) throws IOException {
    var bytesMax = packBytesMax + COMMAND_BYTES_MAX;
    try (var body = SpooledBody.of(staging, exchange.decodedBody("a push", bytesMax))) {
      CrashPoints.pass("push.received");
      workers.run(() -> push(exchange, visit, body));
    }
  }

  private void push(Exchange exchange, Visit visit, SpooledBody body) throws IOException {
    GitReplies.type(exchange, "application/x-git-receive-pack-result");
    try (var repo = repositories.open(visit.repo().id()).movedBy(visit.caller().id());
        var in = body.open()) {
      var push = new Push(repo, COMMAND_BYTES_MAX, packBytesMax);
      var objects = new ReceivedObjects();
      push.setObjectChecker(objects);
      push.setRefLogIdent(RefChanges.author(visit));
      PreReceiveHook check =
          (pack, commands) -> rules.check(repo, visit, objects, commands, pack::sendMessage);
      push.setPreReceiveHook(check);
      // a stream that is closed looks whole to the client, so a failure leaves it open
      var out = new BufferedOutputStream(exchange.stream(200), BUFFER_BYTES);
      receive(push, in, out);
      out.close();
    }
  }

  private static void receive(Push push, InputStream in, BufferedOutputStream out)
      throws IOException {
    try {
      push.receive(in, out, null);
    } catch (UnpackException _) {
      // the report has told it
    } catch (ClientGoneException e) {
      throw e;
    } catch (IOException e) {
      throw new ProblemException(new Invalid("push", String.valueOf(e.getMessage())));
    }
  }
}
