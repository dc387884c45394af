package dev.ashlar.core.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.problem.ProblemException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PartUrlsTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  private static final KeyRing KEYS = KeyRing.parse("5a".repeat(32));
  private static final PartsUrl OBJECT = new PartsUrl(7, 9, new Sha256(1, 2, 3, 4), 250, 100);

  private static PartUrls at(Instant now) {
    return new SignedUrls(KEYS, () -> now).parts();
  }

  private static String path(String url) {
    return url.substring(0, url.indexOf('?'));
  }

  private static String query(String url) {
    return url.substring(url.indexOf('?') + 1);
  }

  @Test
  void givenSignedUrls_whenVerified_thenTheySayWhatTheyPermit() {
    var part = at(NOW).part(OBJECT, 3);
    var complete = at(NOW).complete(OBJECT);

    var permitted = at(NOW.plusSeconds(86_399)).verifyPart(path(part), query(part));
    assertThat(permitted.object()).isEqualTo(OBJECT);
    assertThat(permitted.number()).isEqualTo(3);
    assertThat(permitted.bytes()).isEqualTo(50);
    assertThat(at(NOW).verifyComplete(path(complete), query(complete))).isEqualTo(OBJECT);
  }

  @Test
  void givenADayLater_whenVerified_thenTheyAreRefused() {
    var part = at(NOW).part(OBJECT, 1);
    var late = at(NOW.plusSeconds(86_400));

    assertThatThrownBy(() -> late.verifyPart(path(part), query(part)))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void givenOneKind_whenVerifiedAsAnother_thenItIsRefused() {
    var part = at(NOW).part(OBJECT, 1);
    var complete = at(NOW).complete(OBJECT);
    var whole = new SignedUrls(KEYS, () -> NOW).upload(new UploadUrl(7, 9, OBJECT.oid(), 250));

    assertThatThrownBy(() -> at(NOW).verifyComplete(path(part), query(part)))
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> at(NOW).verifyPart(path(complete), query(complete)))
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> at(NOW).verifyComplete(path(complete), query(whole)))
        .isInstanceOf(ProblemException.class);
  }

  @ParameterizedTest
  @CsvSource({"0,100,0,0", "1,100,1,1", "100,100,1,100", "101,100,2,1", "300,100,3,100"})
  void givenALength_whenCutIntoParts_thenTheLastTakesTheRest(
      long bytes, long partBytes, int parts, long last) {
    var object = new PartsUrl(1, 1, OBJECT.oid(), bytes, partBytes);

    assertThat(object.parts()).isEqualTo(parts);
    assertThatThrownBy(() -> object.bytesOf(parts + 1))
        .isInstanceOf(IllegalArgumentException.class);
    if (parts > 0) {
      assertThat(object.bytesOf(parts)).isEqualTo(last);
    }
  }
}
