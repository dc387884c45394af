package dev.ashlar.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.token.FileUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileEndpointsTest {
  private final GatewayFixture gateway;

  FileEndpointsTest(@TempDir Path folder) throws IOException {
    gateway = new GatewayFixture(folder);
  }

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void givenAFile_whenRead_thenAllBytesComeWithTheSignedHeaders() throws Exception {
    var answer = gateway.get(url());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(gateway.file());
    assertThat(answer.headers().map())
        .containsEntry("etag", List.of("\"tag\""))
        .containsEntry("content-type", List.of("text/plain"))
        .containsEntry("content-disposition", List.of("inline; filename=\"a.txt\";"))
        .containsEntry("content-length", List.of(Integer.toString(gateway.file().length)))
        .containsEntry("accept-ranges", List.of("bytes"))
        .containsEntry("x-content-type-options", List.of("nosniff"));
    assertThat(answer.headers().firstValue("content-security-policy").orElse(""))
        .contains("sandbox");
  }

  @Test
  void givenAFileThatWasRead_whenItsXorbIsStoredAnew_thenItIsReadFromThere() throws Exception {
    assertThat(gateway.get(url()).body()).isEqualTo(gateway.file());

    gateway.storeFirstAnew();

    var answer = gateway.get(url());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(gateway.file());
  }

  @Test
  void givenAFileThatWasRead_whenItIsGone_thenItIsMissing() throws Exception {
    assertThat(gateway.get(url()).statusCode()).isEqualTo(200);

    gateway.dropFile();

    assertThat(gateway.get(url()).statusCode()).isEqualTo(404);
  }

  @Test
  void givenHead_whenAsked_thenTheTrueLengthComes() throws Exception {
    var answer = gateway.send("HEAD", url());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValueAsLong("content-length")).hasValue(gateway.file().length);
  }

  @Test
  void givenAnyRange_whenAskedFor_thenExactlyItsBytesCome() throws Exception {
    long seed = 99;
    var random = new Random(seed);
    for (int i = 0; i < 25; i++) {
      int start = random.nextInt(gateway.file().length);
      int end = start + 1 + random.nextInt(gateway.file().length - start);

      var answer = gateway.get(url(), "Range", "bytes=" + start + "-" + (end - 1));

      assertThat(answer.statusCode()).isEqualTo(206);
      assertThat(answer.body())
          .as("seed %d, %d..%d", seed, start, end)
          .isEqualTo(Arrays.copyOfRange(gateway.file(), start, end));
    }
  }

  @Test
  void givenOpenAndLastRanges_whenAskedFor_thenTheyEndWithTheFile() throws Exception {
    int bytes = gateway.file().length;

    assertThat(gateway.get(url(), "Range", "bytes=" + (bytes - 7) + "-").body())
        .isEqualTo(Arrays.copyOfRange(gateway.file(), bytes - 7, bytes));
    assertThat(gateway.get(url(), "Range", "bytes=-3").headers().firstValue("content-range"))
        .hasValue("bytes %d-%d/%d".formatted(bytes - 3, bytes - 1, bytes));
  }

  @Test
  void givenSeveralRanges_whenAskedFor_thenTheyComeAsParts() throws Exception {
    var answer = gateway.get(url(), "Range", "bytes=0-1,5-6");

    assertThat(answer.statusCode()).isEqualTo(206);
    assertThat(answer.headers().firstValue("content-type").orElse(""))
        .startsWith("multipart/byteranges; boundary=");
  }

  @Test
  void givenRangesThatOverlapALot_whenAskedFor_thenTheWholeFileComesOnce() throws Exception {
    var answer = gateway.get(url(), "Range", "bytes=0-,0-,0-,0-");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(gateway.file());
  }

  @Test
  void givenAStartBehindTheEnd_whenAskedFor_thenItIs416() throws Exception {
    var answer = gateway.get(url(), "Range", "bytes=" + gateway.file().length + "-");

    assertThat(answer.statusCode()).isEqualTo(416);
    assertThat(answer.headers().firstValue("content-range"))
        .hasValue("bytes */" + gateway.file().length);
  }

  @Test
  void givenAnEmptyFile_whenARangeIsAskedFor_thenItIs200WithoutBytes() throws Exception {
    var url = gateway.urls.file(new FileUrl(MerkleHash.ZERO, 0, "text/plain", "inline", "e"));

    var answer = gateway.get(url, "Range", "bytes=0-0");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-length")).hasValue("0");
    assertThat(answer.headers().firstValue("content-range")).hasValue("bytes */0");
    assertThat(gateway.get(url).headers().firstValue("content-range")).isEmpty();
  }

  @Test
  void givenTheSameTag_whenAskedForChanges_thenItIs304() throws Exception {
    assertThat(gateway.get(url(), "If-None-Match", "\"x\", W/\"tag\"").statusCode()).isEqualTo(304);
    assertThat(gateway.get(url(), "If-None-Match", "\"x\"").statusCode()).isEqualTo(200);
  }

  @Test
  void givenIfRange_whenTheTagIsAnother_thenTheWholeFileComes() throws Exception {
    assertThat(gateway.get(url(), "Range", "bytes=0-0", "If-Range", "\"tag\"").statusCode())
        .isEqualTo(206);
    assertThat(gateway.get(url(), "Range", "bytes=0-0", "If-Range", "\"old\"").statusCode())
        .isEqualTo(200);
  }

  @Test
  void givenATamperedOrExpiredUrl_whenAsked_thenItIs403() throws Exception {
    var url = url();

    assertThat(gateway.get(url.replace("etag=tag", "etag=tug")).statusCode()).isEqualTo(403);
    gateway.now = gateway.now.plus(Duration.ofMinutes(62));
    assertThat(gateway.get(url).statusCode()).isEqualTo(403);
  }

  @Test
  void givenAnUnknownFile_whenAsked_thenItIs404() throws Exception {
    var url =
        gateway.urls.file(new FileUrl(new MerkleHash(9, 9, 9, 9), 5, "text/plain", "inline", "e"));

    assertThat(gateway.get(url).statusCode()).isEqualTo(404);
  }

  @Test
  void givenALostXorb_whenTheFileIsRead_thenNoCompleteAnswerComes() throws Exception {
    gateway.lose(gateway.twoKey);

    assertThat(gateway.get(url()).statusCode()).isEqualTo(500);
  }

  @Test
  void givenADamagedLastChunk_whenTheFileIsRead_thenTheAnswerIsNeverComplete() throws Exception {
    gateway.damage(gateway.oneKey, gateway.one.index().bodyEnd(5) - 1);

    assertThat(gateway.file().length).isGreaterThan(500_000);
    assertThatThrownBy(() -> gateway.get(url())).isInstanceOf(IOException.class);
  }

  private String url() {
    return gateway.urls.file(
        new FileUrl(
            GatewayFixture.FILE,
            gateway.file().length,
            "text/plain",
            "inline; filename=\"a.txt\";",
            "tag"));
  }
}
