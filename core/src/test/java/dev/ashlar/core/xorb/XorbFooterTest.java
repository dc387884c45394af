package dev.ashlar.core.xorb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class XorbFooterTest {
  @ParameterizedTest
  @ValueSource(strings = {"none-random", "one-byte", "many-files"})
  void givenTheReferenceFooter_whenWritten_thenItsBytesAreTheSame(String name) throws IOException {
    var golden = GoldenXorb.of(name);
    var footer = GoldenXorb.bytes("xorbs/" + name + ".footer.bin");

    var tail = XorbFooter.write(golden.hash(), index(golden));

    assertThat(Arrays.copyOf(tail, footer.length)).isEqualTo(footer);
  }

  @ParameterizedTest
  @MethodSource("dev.ashlar.core.xorb.XorbReaderTest#names")
  void givenAStoredXorb_whenItsTailIsRead_thenTheIndexIsTheSame(String name) throws IOException {
    var golden = GoldenXorb.of(name);
    var index = index(golden);
    var tail = XorbFooter.write(golden.hash(), index);

    int trailer = tail.length - XorbFooter.TRAILER_BYTES;
    int tailBytes = XorbFooter.tailBytes(Arrays.copyOfRange(tail, trailer, tail.length));
    var read = XorbFooter.read(tail, index.bodyBytes() + tail.length);

    assertThat(tailBytes).isEqualTo(tail.length);
    assertThat(read.hash()).isEqualTo(golden.hash());
    assertThat(XorbFooter.write(read.hash(), read.index())).isEqualTo(tail);
    assertThat(read.index().chunks()).isEqualTo(index.chunks());
  }

  private static XorbIndex index(GoldenXorb golden) throws IOException {
    return XorbReader.verify(
        new ByteArrayInputStream(golden.upload()), golden.hash(), OutputStream.nullOutputStream());
  }
}
