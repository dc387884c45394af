package dev.ashlar.core.xorb;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.XetHash;
import dev.ashlar.core.problem.Problem.Malformed;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Uploads that claim or unpack to more than a xorb may hold. */
@ParameterizedClass
@EnumSource(
    value = CodecWay.class,
    names = {"JAVA", "VECTORS_AND_LIBRARY"})
final class XorbBombsTest {
  private static final int KIB = 1024;

  XorbBombsTest(CodecWay way) {
    way.use();
  }

  @Test
  void givenOneChunkTooMany_whenVerified_thenItIsRefusedAtItsHeader() throws Exception {
    var chunk = HexFormat.of().parseHex("000100000001000078");

    var fault = fault(repeated(chunk, XorbLimits.CHUNKS_MAX + 1), 4096 * KIB);

    assertThat(fault.map(Malformed::offset)).contains(XorbLimits.CHUNKS_MAX * 9L);
  }

  @Test
  void givenMoreThan64MiB_whenVerified_thenItIsRefusedBeforeTheChunkThatBreaksTheLimit()
      throws Exception {
    var chunk = GoldenXorb.of("zeros").body();

    var fault = fault(repeated(chunk, 520), 4096 * KIB);

    assertThat(fault.map(Malformed::offset)).contains(512L * chunk.length + 5);
  }

  @Test
  void givenPayloadsLongerThanTheirChunks_whenVerified_thenTheBodysLengthIsLimited()
      throws Exception {
    var chunk = chunkOfTinyBlocks();

    var fault = fault(repeated(chunk, 400), 200_000 * KIB);

    long fit = XorbLimits.BODY_BYTES_MAX / chunk.length;
    assertThat(fault.map(Malformed::offset)).contains(fit * chunk.length + 1);
  }

  @Test
  void givenAClaimOfTheLongestPayload_whenNothingFollows_thenLittleIsAllocated() throws Exception {
    var header = HexFormat.of().parseHex("0000000401000002");

    var fault = fault(new ByteArrayInputStream(header), 500 * KIB);

    assertThat(fault.map(Malformed::offset)).contains(8L);
  }

  @Test
  void givenAFooterWithoutEnd_whenVerified_thenItIsRefused() throws Exception {
    var body = GoldenXorb.of("one-byte").body();
    var footer = "XETBLOB!".getBytes(StandardCharsets.US_ASCII);
    var upload = new SequenceInputStream(new ByteArrayInputStream(body), repeated(footer, 100_000));

    var fault = fault(upload, 500 * KIB);

    assertThat(fault.map(Malformed::offset)).contains(9L + XorbLimits.FOOTER_BYTES_MAX);
  }

  @Test
  void givenTheMostChunks_whenVerified_thenTheIndexHasThemAll() throws Exception {
    var chunk = HexFormat.of().parseHex("000100000001000078");
    var hash = new XorbIndex.Builder();
    for (int i = 0; i < XorbLimits.CHUNKS_MAX; i++) {
      hash.add(XetHash.chunk(chunk, 8, 1), 1, chunk, 0, 9);
    }

    var index =
        XorbReader.verify(
            repeated(chunk, XorbLimits.CHUNKS_MAX),
            hash.build().xorbHash(),
            OutputStream.nullOutputStream());

    assertThat(index.chunkCount()).isEqualTo(XorbLimits.CHUNKS_MAX);
    var tail = XorbFooter.write(index.xorbHash(), index);
    assertThat(XorbFooter.read(tail, index.bodyBytes() + tail.length).index().chunks())
        .isEqualTo(index.chunks());
  }

  /** A legal frame whose blocks have one byte each, so that the payload is five times the chunk. */
  private static byte[] chunkOfTinyBlocks() {
    int rawBytes = 52_000;
    var payload = new ByteArrayOutputStream();
    payload.writeBytes(HexFormat.of().parseHex("04224d18604082"));
    for (int i = 0; i < rawBytes; i++) {
      payload.writeBytes(HexFormat.of().parseHex("0100008078"));
    }
    payload.writeBytes(new byte[4]);
    var chunk = new byte[ChunkHeader.BYTES + payload.size()];
    new ChunkHeader(Compression.LZ4, payload.size(), rawBytes).write(chunk, 0);
    System.arraycopy(payload.toByteArray(), 0, chunk, ChunkHeader.BYTES, payload.size());
    return chunk;
  }

  private static InputStream repeated(byte[] bytes, int times) {
    var copies = Collections.nCopies(times, bytes).stream().map(ByteArrayInputStream::new);
    return new SequenceInputStream(Collections.enumeration(copies.toList()));
  }

  /** Also holds the reader to a sum of allocations, short-lived ones included. */
  private static Optional<Malformed> fault(InputStream upload, long allocatedBytesMax)
      throws Exception {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    var fault =
        Malformeds.of(
            () -> XorbReader.verify(upload, MerkleHash.ZERO, OutputStream.nullOutputStream()));
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(allocatedBytesMax);
    return fault;
  }
}
