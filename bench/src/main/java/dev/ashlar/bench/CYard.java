package dev.ashlar.bench;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/** The loops of {@code yardstick.c}, over bytes outside the heap. */
@SuppressWarnings("restricted") // calls C
final class CYard {
  private static final Arena ARENA = Arena.global();

  /** A build of libblake3, by the addresses of its functions. */
  record Blake3Library(MemorySegment begin, MemorySegment update, MemorySegment finish) {
    static Blake3Library open(Path path) {
      var library = SymbolLookup.libraryLookup(path, ARENA);
      return new Blake3Library(
          library.find("blake3_hasher_init_keyed").orElseThrow(),
          library.find("blake3_hasher_update").orElseThrow(),
          library.find("blake3_hasher_finalize").orElseThrow());
    }
  }

  private final SymbolLookup library;
  private final MethodHandle blake3;
  private final MethodHandle verify;
  private final MethodHandle gear;
  private final MethodHandle gearStrips;
  private final MethodHandle sha256;
  private final MethodHandle lz4;
  private final MethodHandle lz4Compress;
  private final MethodHandle bg4Split;
  private final MethodHandle bg4Join;

  CYard(Path path) {
    this.library = SymbolLookup.libraryLookup(path, ARENA);
    this.blake3 =
        action(
            "yard_blake3",
            ADDRESS,
            ADDRESS,
            ADDRESS,
            ADDRESS,
            ADDRESS,
            JAVA_LONG,
            JAVA_LONG,
            ADDRESS);
    this.verify =
        function(
            "yard_verify",
            JAVA_LONG,
            ADDRESS,
            ADDRESS,
            ADDRESS,
            ADDRESS,
            ADDRESS,
            JAVA_LONG,
            ADDRESS);
    this.gear = function("yard_gear", JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS);
    this.gearStrips =
        function("yard_gear_strips", JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);
    this.sha256 = action("yard_sha256", ADDRESS, JAVA_LONG, ADDRESS);
    this.lz4 = action("yard_lz4", ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_LONG);
    this.lz4Compress =
        function("yard_lz4_compress", JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT);
    this.bg4Split = action("yard_bg4_split", ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG);
    this.bg4Join = action("yard_bg4_join", ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG);
  }

  private MethodHandle action(String name, MemoryLayout... arguments) {
    return Linker.nativeLinker()
        .downcallHandle(library.find(name).orElseThrow(), FunctionDescriptor.ofVoid(arguments));
  }

  private MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
    return Linker.nativeLinker()
        .downcallHandle(library.find(name).orElseThrow(), FunctionDescriptor.of(result, arguments));
  }

  /** Bytes outside the heap, equal to these. */
  static MemorySegment copy(byte[] bytes) {
    return ARENA.allocateFrom(java.lang.foreign.ValueLayout.JAVA_BYTE, bytes);
  }

  static MemorySegment room(long bytes) {
    return ARENA.allocate(bytes, 8);
  }

  void blake3(
      Blake3Library how, MemorySegment key, MemorySegment bytes, long piece, MemorySegment out) {
    run(
        () ->
            blake3.invoke(
                how.begin,
                how.update,
                how.finish,
                key,
                bytes,
                piece,
                bytes.byteSize() / piece,
                out));
  }

  /** Hashes and sums of all chunks of a body to {@code out}, 36 bytes each; returns their count. */
  long verify(Blake3Library how, MemorySegment key, MemorySegment body, MemorySegment out) {
    return call(
        () -> verify.invoke(how.begin, how.update, how.finish, key, body, body.byteSize(), out));
  }

  long gear(MemorySegment table, MemorySegment bytes, MemorySegment cuts) {
    return call(() -> gear.invoke(table, bytes, bytes.byteSize(), cuts));
  }

  long gearStrips(
      MemorySegment table, MemorySegment bytes, MemorySegment cuts, MemorySegment hits) {
    return call(() -> gearStrips.invoke(table, bytes, bytes.byteSize(), cuts, hits));
  }

  void sha256(MemorySegment bytes, MemorySegment out) {
    run(() -> sha256.invoke(bytes, bytes.byteSize(), out));
  }

  void bg4Split(MemorySegment raw, MemorySegment grouped, long times) {
    run(() -> bg4Split.invoke(raw, raw.byteSize(), grouped, times));
  }

  void bg4Join(MemorySegment grouped, MemorySegment raw, long times) {
    run(() -> bg4Join.invoke(grouped, raw.byteSize(), raw, times));
  }

  void lz4(MemorySegment block, int length, MemorySegment raw, long times) {
    run(() -> lz4.invoke(block, length, raw, (int) raw.byteSize(), times));
  }

  int lz4Compress(MemorySegment raw, MemorySegment block) {
    return (int)
        call(
            () ->
                (long)
                    (int)
                        lz4Compress.invoke(
                            raw, (int) raw.byteSize(), block, (int) block.byteSize()));
  }

  private interface Call {
    Object invoke() throws Throwable;
  }

  private static void run(Call call) {
    try {
      var _ = call.invoke();
    } catch (Throwable e) {
      throw new IllegalStateException("a call of the yardstick failed", e);
    }
  }

  private static long call(Call call) {
    try {
      return (long) call.invoke();
    } catch (Throwable e) {
      throw new IllegalStateException("a call of the yardstick failed", e);
    }
  }
}
