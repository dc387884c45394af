package dev.ashlar.core.xorb;

import dev.ashlar.core.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Chooses how this process regroups bytes and decodes what it has stored: what the machine has, if
 * it proves right; else portable Java.
 */
public final class CodecKernels {
  /**
   * How one kernel is computed.
   *
   * @param kernel {@code bg4} or {@code lz4}
   * @param backend the way in use
   * @param note why it is not a faster one, or empty
   * @param wrong whether a faster one computed wrong bytes, or broke
   */
  public record Choice(String kernel, String backend, String note, boolean wrong) {}

  private static final String BG4 = "bg4";
  private static final String LZ4 = "lz4";
  private static final String NATIVE = "native";

  /** The names of the kernels: byte grouping, and decoding LZ4 blocks. */
  public static final List<String> KERNELS = List.of(BG4, LZ4);

  private static final String MODULE = "jdk.incubator.vector";
  private static final int LONGEST = XorbLimits.CHUNK_RAW_BYTES_MAX;
  private static final List<Integer> LENGTHS =
      List.of(0, 1, 2, 3, 4, 5, 63, 64, 65, 66, 67, 255, 4_097, 65_536, LONGEST - 1, LONGEST);

  private static volatile BlockDecoder forStored = Lz4Block::decode;
  private static volatile BlockDecoder fromOutside = Lz4Block::decode;

  private CodecKernels() {}

  /** Tries both kernels, and from then on this process uses the fastest that are right. */
  public static List<Choice> choose() {
    return List.of(grouping(CodecKernels::vectors), lz4Blocks(NativeLz4Block::load));
  }

  /** The same on a machine that has no LZ4 library. */
  public static List<Choice> chooseWithoutLibrary() {
    forStored = Lz4Block::decode;
    fromOutside = Lz4Block::decode;
    var absent = new Choice(LZ4, inUse(LZ4), "the LZ4 library is not asked for", false);
    return List.of(grouping(CodecKernels::vectors), absent);
  }

  /** The ways that a kernel may be computed, whether this machine has them or not. */
  public static List<String> backends(String kernel) {
    return kernel.equals(BG4)
        ? List.of("vector-512", "vector-256", PlainGrouping4.NAME)
        : List.of(NATIVE, PlainGrouping4.NAME);
  }

  /** The way in use for a kernel. */
  public static String inUse(String kernel) {
    if (kernel.equals(BG4)) {
      return ByteGrouping4.inUse();
    }
    return forStored instanceof NativeLz4Block ? NATIVE : PlainGrouping4.NAME;
  }

  /** Decodes blocks that were checked by {@link Lz4Block} before they were stored. */
  static BlockDecoder forStored() {
    return forStored;
  }

  /** Decodes blocks from outside, and refuses what {@link Lz4Block} refuses. */
  static BlockDecoder fromOutside() {
    return fromOutside;
  }

  static Choice grouping(Supplier<Grouping4> loader) {
    return tried(BG4, loader, CodecKernels::isRight, ByteGrouping4::use);
  }

  static Choice lz4Blocks(Supplier<BlockDecoder> loader) {
    return tried(
        LZ4,
        loader,
        found -> isRight(found) && refusesDistanceZero(new CheckedLz4Block(found)),
        found -> {
          forStored = found;
          fromOutside = new CheckedLz4Block(found);
        });
  }

  /** Uses what the loader gives if it is right; an {@link IllegalArgumentException} is absence. */
  private static <T> Choice tried(
      String kernel, Supplier<T> loader, Predicate<T> isRight, Consumer<T> use) {
    try {
      var found = loader.get();
      if (isRight.test(found)) {
        use.accept(found);
        return new Choice(kernel, inUse(kernel), "", false);
      }
      return new Choice(kernel, inUse(kernel), "a faster one computes wrong bytes", true);
    } catch (IllegalArgumentException e) {
      return new Choice(kernel, inUse(kernel), String.valueOf(e.getMessage()), false);
    } catch (RuntimeException | LinkageError e) {
      return new Choice(kernel, inUse(kernel), e.toString(), true);
    }
  }

  private static Grouping4 vectors() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      throw new IllegalArgumentException("java runs without --add-modules " + MODULE);
    }
    return new VectorGrouping4();
  }

  private static boolean isRight(Grouping4 grouping) {
    var plain = new PlainGrouping4();
    var raw = new byte[LONGEST];
    new Random(4).nextBytes(raw);
    var expected = new byte[LONGEST];
    var grouped = new byte[LONGEST];
    var joined = new byte[LONGEST];
    for (int length : LENGTHS) {
      plain.split(raw, 0, length, expected, 0);
      grouping.split(raw, 0, length, grouped, 0);
      grouping.join(grouped, 0, length, joined, 0);
      if (!Arrays.equals(expected, 0, length, grouped, 0, length)
          || !Arrays.equals(raw, 0, length, joined, 0, length)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isRight(BlockDecoder decoder) {
    var raw = new byte[LONGEST];
    var random = new Random(4);
    for (int i = 0; i < LONGEST; i++) {
      raw[i] = (byte) (random.nextInt(8) == 0 ? random.nextInt() : i >> 5);
    }
    var frames = new Lz4FrameWriter();
    var decoded = new byte[LONGEST];
    for (int length : LENGTHS) {
      if (length > 0) {
        int bytes = frames.write(raw, 0, length);
        Lz4FrameReader.decode(decoder, frames.frame(), 0, bytes, decoded, 0, length, 0);
        if (!Arrays.equals(raw, 0, length, decoded, 0, length)) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean refusesDistanceZero(BlockDecoder decoder) {
    for (int literals : new int[] {1, 8, 14}) {
      for (int match : new int[] {4, 5, 7, 8, 9, 15, 16, 17, 18, 19, 32, 33, 64, 65, 250}) {
        for (int last : new int[] {5, 12, 14, 100}) {
          if (!isRefused(decoder, distanceZero(literals, match, last), literals + match + last)) {
            return false;
          }
        }
      }
    }
    return true;
  }

  private static boolean isRefused(BlockDecoder decoder, byte[] block, int length) {
    var target = new byte[length];
    Arrays.fill(target, (byte) 'x');
    try {
      var _ = decoder.decode(block, 0, block.length, target, 0, 0, length, 0);
      return false;
    } catch (ProblemException _) {
      return true;
    }
  }

  /** A block of so many literals, a match of that length and distance zero, and last literals. */
  private static byte[] distanceZero(int literals, int match, int last) {
    var block = new ByteArrayOutputStream();
    block.write(literals << 4 | Math.min(match - 4, 15));
    block.writeBytes("l".repeat(literals).getBytes(StandardCharsets.US_ASCII));
    block.write(0);
    block.write(0);
    if (match - 4 >= 15) {
      block.write(match - 4 - 15);
    }
    block.write(Math.min(last, 15) << 4);
    if (last >= 15) {
      block.write(last - 15);
    }
    block.writeBytes("l".repeat(last).getBytes(StandardCharsets.US_ASCII));
    return block.toByteArray();
  }
}
