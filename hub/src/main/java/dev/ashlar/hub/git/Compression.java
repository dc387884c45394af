package dev.ashlar.hub.git;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.eclipse.jgit.internal.storage.dfs.DfsInserter;

/**
 * How hard objects are compressed as they are written. JGit tries hardest, always, and keeps the
 * switch to itself: on the tree of a folder with 10,000 files, whose ids cannot be compressed, that
 * takes 100 ms of every commit where this level takes 8 and saves no more than a few percent.
 */
final class Compression {
  private static final int LEVEL = 3;
  private static final MethodHandle SET_LEVEL = find();

  private Compression() {}

  static void apply(DfsInserter inserter) {
    try {
      SET_LEVEL.invoke(inserter, LEVEL);
    } catch (Throwable e) {
      throw new IllegalStateException("the compression cannot be set", e);
    }
  }

  private static MethodHandle find() {
    try {
      return MethodHandles.privateLookupIn(DfsInserter.class, MethodHandles.lookup())
          .findVirtual(
              DfsInserter.class,
              "setCompressionLevel",
              MethodType.methodType(void.class, int.class));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("JGit has changed", e);
    }
  }
}
