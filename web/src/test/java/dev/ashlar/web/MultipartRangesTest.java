package dev.ashlar.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.core.manifest.ByteRange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MultipartRangesTest {
  private static final String CONTENT = "0123456789";

  @Test
  void givenTwoRanges_whenWritten_thenEachIsAPartAndTheLengthIsRight() throws IOException {
    var ranges = List.of(new ByteRange(7, 9), new ByteRange(0, 1));
    var multipart = new MultipartRanges("application/octet-stream", 10, ranges);
    var out = new ByteArrayOutputStream();

    multipart.write(
        out,
        (range, target) ->
            target.write(
                CONTENT
                    .substring((int) range.start(), (int) range.end())
                    .getBytes(StandardCharsets.US_ASCII)));

    var boundary = multipart.contentType().replace("multipart/byteranges; boundary=", "");
    assertThat(boundary).matches("[0-9a-f]{48}");
    assertThat(
            out.toString(StandardCharsets.US_ASCII).replace(boundary, "XYZ").replace("\r\n", "|"))
        .isEqualTo(
            "--XYZ|Content-Type: application/octet-stream|Content-Range: bytes 7-8/10||78|"
                + "--XYZ|Content-Type: application/octet-stream|Content-Range: bytes 0-0/10||0|"
                + "--XYZ--|");
    assertThat(multipart.bytes()).isEqualTo(out.size());
  }

  @Test
  void givenTwoBodies_whenMade_thenTheirBoundariesDiffer() {
    var ranges = List.of(new ByteRange(0, 1));

    assertThat(new MultipartRanges("a/b", 10, ranges).contentType())
        .isNotEqualTo(new MultipartRanges("a/b", 10, ranges).contentType());
  }
}
