package dev.ashlar.metadata.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * PostgreSQL processes that a killed server left behind on our data folder.
 *
 * <p>They are stopped, never adopted: they may run with older settings, and a child is the only
 * process whose end we notice at once. The caller holds the lock of the data folder, so that no
 * other server can own them. Every PostgreSQL process works in its data folder, which {@code
 * /proc/PID/cwd} shows whatever the pid file says; where that link is hidden from us, the pid
 * file's process must carry the folder among its arguments. So a pid that meanwhile belongs to
 * another program is never touched, and a pid file without such a process is stale and removed.
 */
final class Orphans {
  private static final System.Logger LOG = System.getLogger(Orphans.class.getName());
  private static final Duration FAST_WITHIN = Duration.ofSeconds(10);
  private static final Duration KILL_WITHIN = Duration.ofSeconds(5);
  private static final int POLL_MILLIS = 10;

  private final Path data;

  Orphans(Path data) {
    this.data = data;
  }

  /** Afterwards no process uses the data folder, and no pid file is left. */
  void stop() {
    try {
      var found = find();
      if (!found.isEmpty()) {
        LOG.log(System.Logger.Level.INFO, "stopping orphaned postgres processes " + found);
        long postmaster = PidFile.pid(data).orElse(-1);
        found.stream().filter(pid -> pid == postmaster).forEach(Signal.INT::send);
        if (!goneWithin(FAST_WITHIN)) {
          find().forEach(Signal.QUIT::send);
        }
        if (!goneWithin(KILL_WITHIN)) {
          find().forEach(Signal.KILL::send);
        }
        if (!goneWithin(KILL_WITHIN)) {
          throw new PostgresFailed("Another PostgreSQL still uses " + data + ": " + find());
        }
      }
      Files.deleteIfExists(PidFile.in(data));
    } catch (IOException failed) {
      throw new PostgresFailed("The state of " + data + " cannot be read.", failed);
    }
  }

  private boolean goneWithin(Duration limit) throws IOException {
    long giveUp = System.nanoTime() + limit.toNanos();
    while (!find().isEmpty()) {
      if (System.nanoTime() > giveUp) {
        return false;
      }
      Pause.millis(POLL_MILLIS);
    }
    return true;
  }

  private List<Long> find() throws IOException {
    long named = PidFile.pid(data).orElse(-1);
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .filter(pid -> worksInFolder(pid) || (pid == named && hasFolderAsArgument(pid)))
        .toList();
  }

  /** The link shows the real path, also of a data folder that is a link to another disk. */
  private boolean worksInFolder(long pid) {
    try {
      Path process = Path.of("/proc", Long.toString(pid));
      return Files.isSameFile(process.resolve("cwd"), data)
          && Files.readString(process.resolve("comm")).strip().equals("postgres");
    } catch (IOException hiddenOrGone) {
      return false;
    }
  }

  private boolean hasFolderAsArgument(long pid) {
    try {
      var line = Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
      var arguments = List.of(line.split("\0"));
      return arguments.getFirst().endsWith("/postgres") && arguments.contains(data.toString());
    } catch (IOException hiddenOrGone) {
      return false;
    }
  }
}
