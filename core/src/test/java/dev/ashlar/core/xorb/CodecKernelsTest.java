package dev.ashlar.core.xorb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.core.problem.ProblemException;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CodecKernelsTest {
  @AfterEach
  void restore() {
    CodecWay.JAVA.use();
  }

  @Test
  void givenThisMachine_whenChosen_thenNothingIsWrongAndWhatIsInUseIsNamed() {
    for (var choice : CodecKernels.choose()) {
      assertThat(choice.wrong()).as(choice.toString()).isFalse();
      assertThat(CodecKernels.inUse(choice.kernel())).isEqualTo(choice.backend());
      assertThat(CodecKernels.backends(choice.kernel())).contains(choice.backend());
    }
  }

  @Test
  void givenNoLibrary_whenChosen_thenBlocksAreDecodedInJava() {
    var _ = CodecKernels.choose();

    var choices = CodecKernels.chooseWithoutLibrary();

    assertThat(choices).extracting(CodecKernels.Choice::wrong).containsOnly(false);
    assertThat(CodecKernels.inUse("lz4")).isEqualTo("scalar");
  }

  @Test
  void givenKernelsThatAreWrongOrBreak_whenTried_thenTheyAreReportedAndNotUsed() {
    var before = CodecKernels.inUse("bg4");
    var wrong =
        new Grouping4() {
          @Override
          public String name() {
            return "wrong";
          }

          @Override
          public void split(byte[] raw, int offset, int length, byte[] grouped, int at) {
            System.arraycopy(raw, offset, grouped, at, length);
          }

          @Override
          public void join(byte[] grouped, int at, int length, byte[] raw, int offset) {
            System.arraycopy(grouped, at, raw, offset, length);
          }
        };

    var grouping = CodecKernels.grouping(() -> wrong);
    var broken =
        CodecKernels.lz4Blocks(
            () -> {
              throw new UnsatisfiedLinkError("old");
            });
    var idle = CodecKernels.lz4Blocks(() -> (_, _, _, _, _, _, outEnd, _) -> outEnd);
    var lenient = CodecKernels.lz4Blocks(() -> CodecKernelsTest::leavingWhatWasThere);

    assertThat(grouping.wrong()).isTrue();
    assertThat(grouping.note()).contains("wrong");
    assertThat(CodecKernels.inUse("bg4")).isEqualTo(before);
    assertThat(broken.wrong()).isTrue();
    assertThat(idle.wrong()).isTrue();
    assertThat(lenient.wrong()).isTrue();
  }

  /** A library that takes a distance of zero and leaves the target's bytes as they are. */
  private static int leavingWhatWasThere(
      byte[] source,
      int from,
      int end,
      byte[] target,
      int history,
      int out,
      int outEnd,
      long origin) {
    try {
      return Lz4Block.decode(source, from, end, target, history, out, outEnd, origin);
    } catch (ProblemException _) {
      return outEnd;
    }
  }

  @Test
  void givenStoredBytesThatRotted_whenDecodedByTheLibrary_thenNoByteBesideIsTouched() {
    var _ = CodecKernels.choose();
    var raw = new byte[20_000];
    var random = new Random(7);
    for (int i = 0; i < raw.length; i++) {
      raw[i] = (byte) (random.nextInt(4) == 0 ? random.nextInt() : i >> 4);
    }
    var stored = new byte[ChunkCodec.STORED_BYTES_MAX];
    int length = new ChunkCodec().encode(raw, 0, raw.length, Compression.LZ4, stored, 0);
    var codec = ChunkCodec.ofStored();
    var target = new byte[10 + raw.length + 10];
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      var rotten = stored.clone();
      rotten[ChunkHeader.BYTES + 11 + random.nextInt(length - ChunkHeader.BYTES - 11)] ^=
          (byte) (1 << random.nextInt(8));
      try {
        codec.decode(rotten, 0, length, target, 10);
      } catch (ProblemException _) {
        refused++;
      }
      assertThat(target).startsWith(new byte[10]).endsWith(new byte[10]);
    }
    assertThat(refused).isPositive();
    assertThatThrownBy(() -> codec.decode(stored, 0, length - 1, target, 10))
        .isInstanceOf(ProblemException.class);
  }
}
