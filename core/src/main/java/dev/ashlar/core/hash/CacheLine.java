package dev.ashlar.core.hash;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.ashlar.core.foreign.NativeCalls;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * Tells where in an array a line of the processor's cache begins. The heap puts arrays at any
 * multiple of eight bytes, and a vector that crosses two lines takes two loads.
 *
 * <p>The collector may move the array at any time: the answer is a hint, and nothing but speed may
 * depend on it. The array's address is what C's {@code memcpy} of no bytes returns.
 */
final class CacheLine {
  private static final int BYTES = 64;

  /** As many {@code int}s as fill a line: the room to leave for {@link #firstIn}. */
  static final int INTS = BYTES / Integer.BYTES;

  private static final @Nullable MethodHandle ADDRESS_OF = addressOf();

  private CacheLine() {}

  private static @Nullable MethodHandle addressOf() {
    try {
      return NativeCalls.ofSystemInPlace(JAVA_LONG, "memcpy", ADDRESS, ADDRESS, JAVA_LONG);
    } catch (RuntimeException | LinkageError _) {
      return null; // Arrays are used from their beginning.
    }
  }

  /** The element of an {@code int[]} at which a line begins, less than {@link #INTS}. */
  static int firstIn(MemorySegment array) {
    if (ADDRESS_OF == null) {
      return 0;
    }
    try {
      long address = (long) ADDRESS_OF.invokeExact(array, array, 0L);
      return (int) (-address & (BYTES - 1)) / Integer.BYTES;
    } catch (Throwable e) {
      throw new IllegalStateException("a call of the C library failed", e);
    }
  }
}
