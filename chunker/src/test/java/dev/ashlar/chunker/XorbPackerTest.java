package dev.ashlar.chunker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.XetHash;
import dev.ashlar.core.xorb.ChunkCodec;
import dev.ashlar.core.xorb.Compression;
import dev.ashlar.core.xorb.XorbIndex;
import dev.ashlar.core.xorb.XorbLimits;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class XorbPackerTest {
  private final MemorySink sink = new MemorySink();
  private final XorbPacker packer = new XorbPacker(sink);
  private final ChunkCodec codec = new ChunkCodec();

  @Test
  void givenManySmallChunks_whenPacked_thenAXorbIsCutAtTheChunkLimit() throws IOException {
    for (int i = 0; i <= XorbLimits.CHUNKS_MAX; i++) {
      pack(new byte[] {(byte) i, (byte) (i >> 8)});
    }

    var xorbs = packer.finish();

    assertThat(xorbs).hasSize(2);
    assertThat(sink.index(xorbs.get(0)).chunkCount()).isEqualTo(XorbLimits.CHUNKS_MAX);
    assertThat(sink.index(xorbs.get(1)).chunkCount()).isEqualTo(1);
    assertThat(sink.openDrafts()).isZero();
  }

  @Test
  void givenAPlace_whenChunksBehindItAreAllocatedAhead_thenItsXorbIsStillTheRightOne()
      throws IOException {
    var first = packer.allocate(XorbLimits.RAW_BYTES_MAX);
    var second = packer.allocate(1);

    assertThat(first).isEqualTo(new Place(new Place.Xorb.Own(0), 0));
    assertThat(second).isEqualTo(new Place(new Place.Xorb.Own(1), 0));
    assertThat(packer.finish()).isEmpty();
  }

  @Test
  void givenASinkThatFails_whenDiscardedTwice_thenItsDraftIsClosedOnce() throws IOException {
    var failing =
        new XorbPacker(
            () -> {
              var draft = sink.begin();
              return new XorbSink.Draft() {
                @Override
                public void append(byte[] bytes, int offset, int length) throws IOException {
                  throw new IOException("the disk is full");
                }

                @Override
                public void publish(MerkleHash xorb, XorbIndex index) {
                  throw new IllegalStateException();
                }

                @Override
                public void discard() {
                  draft.discard();
                }
              };
            });
    var place = failing.allocate(1);

    assertThatThrownBy(
            () -> failing.append(place, XetHash.chunk(new byte[1], 0, 1), 1, new byte[9], 9))
        .hasMessage("the disk is full");
    failing.discard();
    failing.discard();

    assertThat(sink.openDrafts()).isZero();
  }

  private void pack(byte[] chunk) throws IOException {
    var stored = new byte[ChunkCodec.STORED_BYTES_MAX];
    int bytes = codec.encode(chunk, 0, chunk.length, Compression.NONE, stored, 0);
    var place = packer.allocate(chunk.length);
    packer.append(place, XetHash.chunk(chunk, 0, chunk.length), chunk.length, stored, bytes);
  }
}
