package dev.ashlar.core.xorb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ashlar.core.xorb.CodecKernels.Choice;

/** How bytes are regrouped and blocks are decoded while a test runs. */
enum CodecWay implements AutoCloseable {
  JAVA(false, false),
  VECTORS(true, false),
  LIBRARY(false, true),
  VECTORS_AND_LIBRARY(true, true);

  private final boolean vectors;
  private final boolean library;

  CodecWay(boolean vectors, boolean library) {
    this.vectors = vectors;
    this.library = library;
  }

  /** The way in use. */
  private static CodecWay inUse() {
    boolean vectors = !CodecKernels.inUse("bg4").equals(PlainGrouping4.NAME);
    boolean library = CodecKernels.inUse("lz4").equals("native");
    if (vectors) {
      return library ? VECTORS_AND_LIBRARY : VECTORS;
    }
    return library ? LIBRARY : JAVA;
  }

  /** From now on the process does it this way; on a machine that cannot, the test is skipped. */
  void use() {
    var _ = CodecKernels.chooseWithoutLibrary();
    ByteGrouping4.use(new PlainGrouping4());
    if (library) {
      require(CodecKernels.lz4Blocks(NativeLz4Block::load));
    }
    if (vectors) {
      require(CodecKernels.grouping(VectorGrouping4::new));
    }
    assertThat(inUse()).isEqualTo(this);
  }

  /** Back to what a process does that has chosen nothing; JUnit closes the arguments of a class. */
  @Override
  public void close() {
    JAVA.use();
  }

  private static void require(Choice choice) {
    assertThat(choice.wrong()).as(choice.toString()).isFalse();
    assumeTrue(choice.note().isEmpty(), choice.note());
  }
}
