package dev.ashlar.casserver.lfs;

import dev.ashlar.casserver.intake.FileIntake;
import dev.ashlar.casserver.intake.ReturnedFiles;
import dev.ashlar.core.problem.Problem.Unprocessable;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.core.token.PartsUrl;
import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.Holds;
import dev.ashlar.metadata.LfsUploads;
import dev.ashlar.metadata.LfsUploads.Part;
import dev.ashlar.objectstore.ObjectStore;
import io.helidon.dbclient.DbTransaction;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Joins the parts of an object: they are read in order through the intake for whole files, which
 * chunks them and checks the SHA-256.
 *
 * <p>However many ask for it at once, and at how many servers, one does the work under a lease that
 * it renews; the others wait for its end, and look every now and then in case it is another
 * server's, for as long as their clients are there. A server that dies loses its lease and somebody
 * who still asks takes over. An object that the repository holds is done: whoever asks again gets
 * the same answer.
 */
final class Joining {
  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final Duration RENEWAL = Duration.ofSeconds(15);
  private static final Duration LOOK_MIN = Duration.ofMillis(250);
  private static final Duration LOOK_MAX = Duration.ofSeconds(4);

  private final Database database;
  private final ObjectStore objects;
  private final FileIntake intake;
  private final ReturnedFiles returned;
  private final PartSweep sweep;

  /** What this server joins now, and the ends that others wait for. */
  private final Map<PartsUrl, CountDownLatch> underWay = new ConcurrentHashMap<>();

  Joining(
      Database database,
      ObjectStore objects,
      FileIntake intake,
      ReturnedFiles returned,
      PartSweep sweep) {
    this.database = database;
    this.objects = objects;
    this.intake = intake;
    this.returned = returned;
    this.sweep = sweep;
  }

  /** What a look at the rows says. */
  private sealed interface Turn {
    /** The repository holds the object. */
    record Done() implements Turn {}

    /** Somebody else is at it. */
    record Wait() implements Turn {}

    /** It is ours to do. */
    record Work(long upload, UUID worker, List<Part> parts) implements Turn {}
  }

  /**
   * Returns when the repository holds the object, or when nobody waits for it while another one
   * joins it; faults of the parts are problems.
   */
  void join(PartsUrl object, List<SentPart> sent, BooleanSupplier isAwaited)
      throws IOException, InterruptedException {
    if (object.bytes() == 0) {
      take(object, InputStream.nullInputStream());
      return;
    }
    for (var look = LOOK_MIN; isAwaited.getAsBoolean(); look = longer(look)) {
      switch (database.transact(tx -> turn(tx, object, sent))) {
        case Turn.Done _ -> {
          return;
        }
        case Turn.Wait _ -> await(object, look);
        case Turn.Work work -> {
          joinHere(object, work);
          return;
        }
      }
    }
  }

  private static Duration longer(Duration look) {
    var twice = look.multipliedBy(2);
    return twice.compareTo(LOOK_MAX) < 0 ? twice : LOOK_MAX;
  }

  private void await(PartsUrl object, Duration time) throws InterruptedException {
    var end = underWay.get(object);
    if (end == null) {
      Thread.sleep(time);
    } else {
      var _ = end.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void joinHere(PartsUrl object, Turn.Work work) throws IOException {
    var end = new CountDownLatch(1);
    underWay.put(object, end);
    try {
      join(object, work);
    } finally {
      underWay.remove(object, end);
      end.countDown();
    }
  }

  private Turn turn(DbTransaction tx, PartsUrl object, List<SentPart> sent) {
    var upload = LfsUploads.lock(tx, object);
    if (upload.isPresent() && upload.get().isJoined()) {
      return new Turn.Wait();
    }
    var held = Holds.bySha256(tx, object.repoId(), List.of(object.oid())).get(object.oid());
    if (held != null) {
      returned.keep(tx, object.callerId(), object.repoId(), List.of(held.hash()));
      upload.ifPresent(left -> LfsUploads.drop(tx, left.id()));
      return new Turn.Done();
    }
    var parts = upload.map(there -> LfsUploads.parts(tx, there.id())).orElse(List.of());
    if (parts.isEmpty() && upload.isPresent() && upload.get().failure().isPresent()) {
      throw new ProblemException(new Unprocessable("object", upload.get().failure().get()));
    }
    SentPart.requireSame(object, sent, parts);
    var work = new Turn.Work(upload.orElseThrow().id(), UUID.randomUUID(), parts);
    LfsUploads.begin(tx, work.upload(), work.worker(), LEASE);
    return work;
  }

  private void join(PartsUrl object, Turn.Work work) throws IOException {
    var renewing = Thread.ofVirtual().name("lfs-lease").start(() -> renew(work));
    try (var parts = new PartsInput(objects, work.parts())) {
      take(object, parts);
    } catch (ProblemException e) {
      if (e.problem() instanceof Unprocessable(var _, var reason)) {
        database.change(tx -> LfsUploads.fail(tx, work.upload(), work.parts(), reason));
        sweep.deleteDue();
      } else {
        release(work);
      }
      throw e;
    } catch (IOException | RuntimeException | Error e) {
      release(work);
      throw e;
    } finally {
      renewing.interrupt();
    }
    database.change(tx -> LfsUploads.drop(tx, work.upload()));
    sweep.deleteDue();
  }

  private void take(PartsUrl object, InputStream bytes) throws IOException {
    intake.take(
        object.callerId(),
        object.repoId(),
        bytes,
        new FileIntake.Expected(object.oid(), object.bytes()));
  }

  private void renew(Turn.Work work) {
    try {
      while (true) {
        Thread.sleep(RENEWAL);
        database.change(tx -> LfsUploads.renew(tx, work.upload(), work.worker(), LEASE));
      }
    } catch (InterruptedException _) {
      // the work has ended
    }
  }

  private void release(Turn.Work work) {
    database.change(tx -> LfsUploads.release(tx, work.upload(), work.worker()));
  }
}
