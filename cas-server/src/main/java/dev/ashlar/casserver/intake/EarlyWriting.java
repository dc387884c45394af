package dev.ashlar.casserver.intake;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.ashlar.core.foreign.NativeCalls;
import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks Linux to begin writing parts of a file to the disk, by {@code sync_file_range(2)}, so that
 * little is left to do when the whole is forced. It promises nothing: a file still has to be
 * forced. On other systems, or when the disk is so busy that many parts wait, nothing is asked.
 *
 * <p>A full disk queue can make the call wait, which a virtual thread must not: all calls are made
 * by one thread of the process.
 */
final class EarlyWriting implements AutoCloseable {
  /** {@code O_WRONLY | O_CLOEXEC} of Linux. */
  private static final int OPEN_FLAGS = 0x8_0001;

  private static final int SYNC_FILE_RANGE_WRITE = 2;
  private static final int WAITING_MAX = 256;
  private static final int CLOSED = -1;

  private record Calls(MethodHandle open, MethodHandle begin, MethodHandle close) {}

  private static final @Nullable Calls CALLS = calls();
  private static final ThreadPoolExecutor THREAD = thread();

  private int file;

  /** A file that exists. */
  EarlyWriting(Path path) {
    this.file = open(path);
  }

  private static @Nullable Calls calls() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return null;
    }
    try {
      return new Calls(
          NativeCalls.ofSystem(JAVA_INT, "open", ADDRESS, JAVA_INT),
          NativeCalls.ofSystem(
              JAVA_INT, "sync_file_range", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT),
          NativeCalls.ofSystem(JAVA_INT, "close", JAVA_INT));
    } catch (RuntimeException | LinkageError _) {
      return null; // Such a system writes when the file is forced.
    }
  }

  private static ThreadPoolExecutor thread() {
    var thread =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(WAITING_MAX),
            Thread.ofPlatform().daemon().name("early-writing").factory(),
            new ThreadPoolExecutor.DiscardPolicy());
    thread.allowCoreThreadTimeOut(true);
    return thread;
  }

  /** The file is written from {@code offset} on, soon. */
  void ask(long offset, long length) {
    if (CALLS != null) {
      THREAD.execute(
          () -> {
            boolean _ = begin(offset, length);
          });
    }
  }

  /** Begins it now; false when the system does not. */
  synchronized boolean begin(long offset, long length) {
    if (CALLS == null || file == CLOSED) {
      return false;
    }
    try {
      return (int) CALLS.begin.invokeExact(file, offset, length, SYNC_FILE_RANGE_WRITE) == 0;
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  private static int open(Path path) {
    if (CALLS == null) {
      return CLOSED;
    }
    try (var arena = Arena.ofConfined()) {
      return (int) CALLS.open.invokeExact(arena.allocateFrom(path.toString()), OPEN_FLAGS);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  @Override
  public synchronized void close() {
    if (CALLS == null || file == CLOSED) {
      return;
    }
    try {
      int _ = (int) CALLS.close.invokeExact(file);
    } catch (Throwable e) {
      throw failed(e);
    }
    file = CLOSED;
  }

  private static IllegalStateException failed(Throwable e) {
    return new IllegalStateException("a call of the C library failed", e);
  }
}
