package dev.ashlar.casserver.intake;

import java.io.IOException;
import java.util.concurrent.Callable;

/**
 * The work on one shard: for whom it is done, and the turns in which it is done. Work is cut into
 * pieces of a fraction of a second, and between two of them other callers have their turn.
 */
record ShardWork(long callerId, Progress progress, FairBudget turns, CpuPool cpu) {
  /** Waits for a turn; the piece of work ends with closing it. */
  FairBudget.Share turn() throws IOException {
    progress.requireListener();
    return turns.take(callerId, 1, progress);
  }

  /** Computes a piece, which must not wait for anything, in a turn of its own. */
  <T> T compute(Callable<T> piece) throws IOException {
    try (var _ = turn()) {
      return cpu.run(piece);
    }
  }
}
