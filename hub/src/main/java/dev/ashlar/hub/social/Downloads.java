package dev.ashlar.hub.social;

import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ashlar.hub.account.Caller.Anonymous;
import dev.ashlar.hub.account.Caller.SignedIn;
import dev.ashlar.hub.repo.Visit;
import dev.ashlar.metadata.Database;
import dev.ashlar.web.Exchange;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;

/**
 * Counts downloads. Clients say which of their requests belong to one by {@code
 * X-HF-Download-Counter: 1}; all such requests of a user (or, without credentials, of an address
 * and a client program) to a repository within 15 minutes are one download.
 *
 * <p>Requests only touch memory. What was counted is written every minute and at the end of the
 * process; a process that is killed loses the last minute.
 */
public final class Downloads implements DownloadWatcher {
  private static final System.Logger LOG = System.getLogger(Downloads.class.getName());
  private static final String HEADER = "X-HF-Download-Counter";
  private static final Duration SESSION = Duration.ofMinutes(15);
  private static final Duration RANK_EVERY = Duration.ofHours(1);
  private static final int SESSIONS_MAX = 100_000;
  private static final int COUNTERS_MAX = 50_000;

  /** A repository on a day (UTC). */
  record Counter(long repoId, LocalDate day) {}

  /** Downloads, and how many of them were by callers who had signed in. */
  record Tally(long downloads, long signedIn) {
    private Tally plus(Tally more) {
      return new Tally(downloads + more.downloads, signedIn + more.signedIn);
    }
  }

  /** Of what strangers send, only digests are kept: it is as long as they like. */
  private record Session(long repoId, long userId, int address, int program) {}

  private final Database database;
  private final InstantSource clock;
  private final ConcurrentMap<Session, Boolean> sessions;
  private final Map<Counter, Tally> counted = new HashMap<>();
  private Instant ranked = Instant.EPOCH;

  /** Counts into this database. */
  public Downloads(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    this.sessions =
        Caffeine.newBuilder()
            .expireAfterWrite(SESSION)
            .maximumSize(SESSIONS_MAX)
            .ticker(() -> clock.instant().toEpochMilli() * 1_000_000)
            .<Session, Boolean>build()
            .asMap();
  }

  @Override
  public void downloaded(Exchange exchange, Visit visit) {
    if (!exchange.header(HEADER).orElse("").equals("1")) {
      return;
    }
    long repoId = visit.repo().id();
    var session =
        switch (visit.caller()) {
          case SignedIn known -> new Session(repoId, known.id(), 0, 0);
          case Anonymous() ->
              new Session(
                  repoId,
                  0,
                  exchange.peer().hashCode(),
                  exchange.header("User-Agent").orElse("").hashCode());
        };
    if (sessions.putIfAbsent(session, true) == null) {
      var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
      add(Map.of(new Counter(repoId, today), new Tally(1, session.userId() == 0 ? 0 : 1)));
    }
  }

  private synchronized void add(Map<Counter, Tally> more) {
    more.forEach(
        (counter, tally) -> {
          if (counted.size() < COUNTERS_MAX || counted.containsKey(counter)) {
            counted.merge(counter, tally, Tally::plus);
          }
        });
  }

  private synchronized Map<Counter, Tally> take() {
    var taken = Map.copyOf(counted);
    counted.clear();
    return taken;
  }

  /** Writes what was counted, and at times puts the sums right that a day more changes. */
  public void upkeep() {
    write();
    var now = clock.instant();
    if (ranked.plus(RANK_EVERY).isBefore(now)) {
      database.change(tx -> DownloadDays.rank(tx, LocalDate.ofInstant(now, ZoneOffset.UTC)));
      ranked = now;
    }
  }

  /** Writes what was counted since the last time; kept for the next time when that fails. */
  public void write() {
    var taken = take();
    if (taken.isEmpty()) {
      return;
    }
    try {
      database.change(tx -> DownloadDays.add(tx, taken));
    } catch (RuntimeException e) {
      add(taken);
      throw e;
    }
    LOG.log(Level.DEBUG, "downloads written counters=" + taken.size());
  }
}
