package dev.ashlar.core.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;

/**
 * The vector hashers for each width of vectors. They need {@code --add-modules
 * jdk.incubator.vector}; without it there are none, and nothing else is lost.
 */
final class VectorWidths {
  /** The widths of vectors in bits, the fastest first where a processor has them all. */
  static final List<Integer> BITS = List.of(512, 256, 128);

  private static final String MODULE = "jdk.incubator.vector";
  private static final String CLASS = "VectorKernel.class";

  private VectorWidths() {}

  /**
   * The hasher of this width.
   *
   * @throws IllegalArgumentException when the virtual machine was started without the module, or
   *     the processor has no vectors of this width
   */
  static ChunkHasher hasher(int bits) {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      throw new IllegalArgumentException("java runs without --add-modules " + MODULE);
    }
    try (var in = VectorWidths.class.getResourceAsStream(CLASS)) {
      if (in == null) {
        throw new IllegalStateException(CLASS + " is missing");
      }
      var lookup =
          MethodHandles.lookup().defineHiddenClassWithClassData(in.readAllBytes(), bits, true);
      var type = lookup.lookupClass();
      int widest =
          (int) lookup.findStatic(type, "widest", MethodType.methodType(int.class)).invoke();
      if (bits > widest) {
        throw new IllegalArgumentException("the processor's vectors have " + widest + " bits");
      }
      return new LaneBlake3(
          (LaneKernel) lookup.findConstructor(type, MethodType.methodType(void.class)).invoke());
    } catch (IllegalArgumentException absent) {
      throw absent;
    } catch (Throwable e) {
      throw new IllegalStateException("the vector hasher cannot be loaded", e);
    }
  }
}
