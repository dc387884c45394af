package dev.ashlar.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.core.manifest.ByteRange;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class XorbEndpointsTest {
  private static final String ONE_RANGE = "bytes=1000-1999";

  private final GatewayFixture gateway;

  XorbEndpointsTest(@TempDir Path folder) throws IOException {
    gateway = new GatewayFixture(folder);
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void givenASignedRange_whenItIsAskedFor_thenExactlyItsBytesCome() throws Exception {
    var answer = gateway.get(url(new ByteRange(1000, 2000)), "Range", ONE_RANGE);

    assertThat(answer.statusCode()).isEqualTo(206);
    assertThat(answer.body()).isEqualTo(body(1000, 2000));
    assertThat(answer.headers().map())
        .containsEntry("content-range", List.of("bytes 1000-1999/" + bodyBytes()))
        .containsEntry("content-length", List.of("1000"))
        .containsEntry("accept-ranges", List.of("bytes"))
        .containsEntry("content-type", List.of("application/octet-stream"))
        .containsKey("etag")
        .containsEntry("access-control-allow-origin", List.of("*"));
  }

  @Test
  void givenHead_whenAsked_thenTheHeadersAreTheSameWithoutBody() throws Exception {
    var answer = gateway.send("HEAD", url(new ByteRange(1000, 2000)), "Range", ONE_RANGE);

    assertThat(answer.statusCode()).isEqualTo(206);
    assertThat(answer.headers().firstValue("content-length")).hasValue("1000");
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void givenNoRangeHeader_whenOneRangeIsSigned_thenThatOneComes() throws Exception {
    var answer = gateway.get(url(new ByteRange(1000, 2000)));

    assertThat(answer.statusCode()).isEqualTo(206);
    assertThat(answer.body()).isEqualTo(body(1000, 2000));
  }

  @Test
  void givenAPartOfASignedRange_whenAskedFor_thenItIsAllowed() throws Exception {
    var url = url(new ByteRange(0, 10), new ByteRange(1000, 2000));

    assertThat(gateway.get(url, "Range", "bytes=1100-1199").body()).isEqualTo(body(1100, 1200));
  }

  @Test
  void givenSeveralRanges_whenAskedFor_thenEachIsAPartInOrder() throws Exception {
    var url = url(new ByteRange(0, 1000), new ByteRange(2000, 2500));

    var answer = gateway.get(url, "Range", "bytes=0-999,2000-2499");

    assertThat(answer.statusCode()).isEqualTo(206);
    assertThat(answer.headers().firstValue("content-range")).isEmpty();
    assertThat(text(answer)).isEqualTo(multipart(answer, "0-999", "2000-2499"));
    assertThat(answer.headers().firstValueAsLong("content-length")).hasValue(answer.body().length);
  }

  @Test
  void givenSeveralSignedRanges_whenNoneIsAskedFor_thenAllCome() throws Exception {
    var answer = gateway.get(url(new ByteRange(0, 3), new ByteRange(5, 9)));

    assertThat(text(answer)).isEqualTo(multipart(answer, "0-2", "5-8"));
  }

  @Test
  void givenAdjacentRangesAskedFor_whenAnswered_thenTheyAreNotJoined() throws Exception {
    var answer = gateway.get(url(new ByteRange(0, 100)), "Range", "bytes=0-9,10-19");

    assertThat(text(answer)).isEqualTo(multipart(answer, "0-9", "10-19"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bytes=999-1999", "bytes=1000-2000", "bytes=0-0", "bytes=1000-", "bytes=-5"})
  void givenARangeOutsideTheSignedOnes_whenAskedFor_thenItIs403(String range) throws Exception {
    assertThat(gateway.get(url(new ByteRange(1000, 2000)), "Range", range).statusCode())
        .isEqualTo(403);
  }

  @Test
  void givenTheSameBytesManyTimes_whenAskedFor_thenItIs416() throws Exception {
    var url = url(new ByteRange(0, 2000));

    assertThat(gateway.get(url, "Range", "bytes=0-1999,0-0").statusCode()).isEqualTo(416);
    assertThat(gateway.get(url, "Range", "bytes=0-0" + ",0-0".repeat(256)).statusCode())
        .isEqualTo(416);
    assertThat(gateway.get(url, "Range", "bytes=1000-1999,0-999").statusCode()).isEqualTo(206);
  }

  @Test
  void givenAnEndBeyondTheBody_whenAskedFor_thenTheFooterStaysBehind() throws Exception {
    var url = url(new ByteRange(bodyBytes() - 10, bodyBytes()));

    var answer = gateway.get(url, "Range", "bytes=" + (bodyBytes() - 10) + "-" + Long.MAX_VALUE);

    assertThat(answer.statusCode()).isEqualTo(206);
    assertThat(answer.body()).isEqualTo(body(bodyBytes() - 10, bodyBytes()));
  }

  @Test
  void givenAStartBeyondTheBody_whenAskedFor_thenItIs416() throws Exception {
    var answer =
        gateway.get(url(new ByteRange(0, bodyBytes())), "Range", "bytes=" + bodyBytes() + "-");

    assertThat(answer.statusCode()).isEqualTo(416);
    assertThat(answer.headers().firstValue("content-range")).hasValue("bytes */" + bodyBytes());
  }

  @ParameterizedTest
  @ValueSource(strings = {"items=0-1", "bytes=5-4", "bytes"})
  void givenAMalformedRange_whenAskedFor_thenItIsNotAnsweredWithBytes(String range)
      throws Exception {
    assertThat(gateway.get(url(new ByteRange(0, 100)), "Range", range).statusCode()).isEqualTo(416);
  }

  @Test
  void givenAnExpiredUrl_whenAskedFor_thenItIs403() throws Exception {
    var url = url(new ByteRange(0, 100));
    gateway.now = gateway.now.plus(Duration.ofMinutes(62));

    assertThat(gateway.get(url, "Range", "bytes=0-99").statusCode()).isEqualTo(403);
  }

  @Test
  void givenATamperedUrl_whenAskedFor_thenItIs403() throws Exception {
    var url = url(new ByteRange(0, 100));

    assertThat(gateway.get(url.replace("ranges=0-100", "ranges=0-101")).statusCode())
        .isEqualTo(403);
    assertThat(gateway.get(url.replace(gateway.oneKey.text(), gateway.twoKey.text())).statusCode())
        .isEqualTo(403);
    assertThat(gateway.get(url + "&x=1").statusCode()).isEqualTo(403);
  }

  @Test
  void givenAForeignAuthorization_whenAsked_thenItIsIgnored() throws Exception {
    assertThat(
            gateway
                .get(url(new ByteRange(0, 100)), "Authorization", "Bearer nonsense")
                .statusCode())
        .isEqualTo(206);
  }

  @Test
  void givenALostObject_whenAskedFor_thenItIs404() throws Exception {
    gateway.lose(gateway.oneKey);

    assertThat(gateway.get(url(new ByteRange(0, 100))).statusCode()).isEqualTo(404);
  }

  @Test
  void givenADamagedChunk_whenASmallRangeTouchesIt_thenItIs500() throws Exception {
    gateway.damage(gateway.oneKey, 50);

    assertThat(gateway.get(url(new ByteRange(10, 20))).statusCode()).isEqualTo(500);
  }

  @Test
  void givenADamagedLastChunk_whenAllIsRead_thenTheAnswerIsNeverComplete() throws Exception {
    gateway.damage(gateway.twoKey, gateway.two.index().bodyBytes() - 1);
    var url =
        gateway.urls.xorb(
            gateway.twoKey.text(), List.of(new ByteRange(0, gateway.two.index().bodyBytes())));

    assertThat(gateway.two.index().bodyBytes()).isGreaterThan(500_000);
    assertThatThrownBy(() -> gateway.get(url)).isInstanceOf(IOException.class);
  }

  private String url(ByteRange... ranges) {
    return gateway.urls.xorb(gateway.oneKey.text(), List.of(ranges));
  }

  private long bodyBytes() {
    return gateway.one.index().bodyBytes();
  }

  private byte[] body(long start, long end) {
    return Arrays.copyOfRange(gateway.one.body(), (int) start, (int) end);
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.ISO_8859_1);
  }

  private String multipart(HttpResponse<byte[]> answer, String... ranges) {
    var boundary =
        answer.headers().firstValue("content-type").orElseThrow().replaceFirst(".*boundary=", "");
    var text = new StringBuilder();
    for (var range : ranges) {
      var ends = range.split("-", 2);
      text.append(text.isEmpty() ? "" : "\r\n").append("--").append(boundary).append("\r\n");
      text.append("Content-Type: application/octet-stream\r\n");
      text.append("Content-Range: bytes ").append(range).append('/').append(bodyBytes());
      text.append("\r\n\r\n");
      text.append(
          new String(
              body(Long.parseLong(ends[0]), Long.parseLong(ends[1]) + 1),
              StandardCharsets.ISO_8859_1));
    }
    return text.append("\r\n--").append(boundary).append("--\r\n").toString();
  }
}
