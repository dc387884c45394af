package dev.ashlar.core.xorb;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Supplier;

/** Large things for short use, of which a few are kept for who needs one next. */
public final class Spares<T> {
  private final ArrayBlockingQueue<T> kept;
  private final Supplier<T> maker;

  /** Keeps at most so many that are not in use. */
  public Spares(int keptMax, Supplier<T> maker) {
    this.kept = new ArrayBlockingQueue<>(keptMax);
    this.maker = maker;
  }

  /** One that was given back, or a new one. */
  public T take() {
    var spare = kept.poll();
    return spare == null ? maker.get() : spare;
  }

  /** Only what nobody uses any more may be given back. */
  public void give(T thing) {
    kept.offer(thing);
  }
}
