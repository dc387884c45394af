package dev.ashlar.core.hash;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.ashlar.core.foreign.NativeCalls;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Optional;

/**
 * BLAKE3 by the C library libblake3, which picks the processor's widest instructions itself.
 *
 * <p>Arrays are handed over in place. That holds off the garbage collector, so a call takes a slice
 * of at most 128 KiB, some 40 µs of work; a state of its own for each thread lies in a Java array.
 */
final class NativeBlake3 implements ChunkHasher {
  private static final List<String> NAMES =
      List.of("libblake3.so.0", "libblake3.so", "libblake3.dylib", "blake3.dll");

  /** The first version with the functions used here as they are. */
  private static final String VERSION_PREFIX = "1.";

  /** {@code sizeof(blake3_hasher)} is 1,912 in version 1; the rest is for what may come. */
  private static final int STATE_WORDS = 512;

  private static final int SLICE_BYTES = 128 << 10;
  private static final int KEPT_BYTES_MAX = 1 << 20;

  /** What a thread works with. */
  private static final class Scratch {
    final MemorySegment state = MemorySegment.ofArray(new long[STATE_WORDS]);
    final byte[] hash = new byte[MerkleHash.BYTES];
    final MemorySegment out = MemorySegment.ofArray(hash);
    private final boolean keepsViews = !Thread.currentThread().isVirtual();
    private WeakReference<byte[]> last = new WeakReference<>(hash);
    private MemorySegment lastView = out;

    /**
     * A view of the whole array. The last is kept, as many ranges of one array follow each other;
     * and one that is new at each call is an object, as the compiler knows too little of how often
     * it is cut into slices. Virtual threads keep none: there is one for each idle connection,
     * which would hold its array.
     */
    MemorySegment view(byte[] bytes) {
      if (last.refersTo(bytes)) {
        return lastView;
      }
      var view = MemorySegment.ofArray(bytes);
      if (keepsViews && bytes.length <= KEPT_BYTES_MAX) {
        last = new WeakReference<>(bytes);
        lastView = view;
      }
      return view;
    }
  }

  private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

  private static final MethodHandle BEGIN = NativeCalls.inPlace(ADDRESS, ADDRESS);
  private static final MethodHandle UPDATE = NativeCalls.inPlace(ADDRESS, ADDRESS, JAVA_LONG);

  private final MemorySegment begin;
  private final MemorySegment update;
  private final MemorySegment finish;
  private final String version;

  private NativeBlake3(SymbolLookup library) {
    this.version = version(library);
    this.begin = NativeCalls.symbol(library, "blake3_hasher_init_keyed");
    this.update = NativeCalls.symbol(library, "blake3_hasher_update");
    this.finish = NativeCalls.symbol(library, "blake3_hasher_finalize");
  }

  /**
   * Loads the library at this path, or else the system's under its usual names.
   *
   * @throws IllegalArgumentException when there is none, or it is not one of version 1
   */
  static NativeBlake3 load(Optional<String> path) {
    return new NativeBlake3(path.map(NativeCalls::library).orElseGet(NativeBlake3::ofSystem));
  }

  private static SymbolLookup ofSystem() {
    for (var name : NAMES) {
      try {
        return NativeCalls.library(name);
      } catch (IllegalArgumentException _) {
        // The next name may be that of this system.
      }
    }
    throw new IllegalArgumentException("the system has no libblake3");
  }

  private static String version(SymbolLookup library) {
    var version = NativeCalls.text(NativeCalls.symbol(library, "blake3_version"));
    if (!version.startsWith(VERSION_PREFIX)) {
      throw new IllegalArgumentException("libblake3 has version " + version + ", not 1");
    }
    return version;
  }

  @Override
  public String name() {
    return "native";
  }

  /** The version that the library tells of itself. */
  String version() {
    return version;
  }

  @Override
  public MerkleHash hash(Blake3Key key, byte[] bytes, int offset, int length) {
    return MerkleHash.read(hashed(key, bytes, offset, length), 0);
  }

  @Override
  public void hash(Blake3Key key, byte[] bytes, int offset, int length, byte[] target, int at) {
    System.arraycopy(hashed(key, bytes, offset, length), 0, target, at, MerkleHash.BYTES);
  }

  /** In the thread's scratch space. */
  private byte[] hashed(Blake3Key key, byte[] bytes, int offset, int length) {
    var scratch = SCRATCH.get();
    var input = scratch.view(bytes);
    try {
      BEGIN.invokeExact(begin, scratch.state, key.segment());
      for (int at = 0; at < length; at += SLICE_BYTES) {
        int slice = Math.min(SLICE_BYTES, length - at);
        UPDATE.invokeExact(
            update, scratch.state, input.asSlice((long) offset + at, slice), (long) slice);
      }
      UPDATE.invokeExact(finish, scratch.state, scratch.out, (long) MerkleHash.BYTES);
    } catch (Throwable e) {
      throw unexpected(e);
    }
    return scratch.hash;
  }

  private static IllegalStateException unexpected(Throwable e) {
    return new IllegalStateException("a call of libblake3 failed", e);
  }
}
