package dev.ashlar.core.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.manifest.ByteRange;
import dev.ashlar.core.problem.Need;
import dev.ashlar.core.problem.Problem.Refused;
import dev.ashlar.core.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class SignedUrlsTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
  private static final String KEY = "xorb/3f/3f00112233445566778899aabbccddee";
  private static final List<ByteRange> RANGES =
      List.of(new ByteRange(0, 100), new ByteRange(150, 151));

  private final KeyRing keys = ring(1);
  private final SignedUrls urls = new SignedUrls(keys, () -> NOW);

  private final FileUrl file =
      new FileUrl(
          new MerkleHash(1, 2, 3, 4),
          12,
          "text/plain; charset=utf-8",
          "inline; filename=\"a&b=c+d é.txt\"",
          "\"etag\"");
  private final UploadUrl upload = new UploadUrl(7, 9, new Sha256(1, 2, 3, 4), 1 << 20);

  private static KeyRing ring(int... seeds) {
    var keys = new ArrayList<byte[]>();
    for (int seed : seeds) {
      var key = new byte[KeyRing.KEY_BYTES];
      key[0] = (byte) seed;
      keys.add(key);
    }
    return KeyRing.of(keys);
  }

  private static <T> T verify(String url, BiFunction<String, String, T> verify) {
    int mark = url.indexOf('?');
    return verify.apply(url.substring(0, mark), url.substring(mark + 1));
  }

  private static void assertRefused(String why, ThrowingCallable call) {
    assertThatThrownBy(call)
        .as(why)
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem()).isEqualTo(new Refused(Need.VALID_SIGNATURE)));
  }

  @Test
  void givenEachKindOfUrl_whenVerified_thenWhatWasSignedComesBack() {
    assertThat(verify(urls.xorb(KEY, RANGES), urls::verifyXorb))
        .isEqualTo(new XorbUrl(KEY, RANGES));
    assertThat(verify(urls.file(file), urls::verifyFile)).isEqualTo(file);
    assertThat(verify(urls.upload(upload), urls::verifyUpload)).isEqualTo(upload);
    assertThat(urls.xorb(KEY, RANGES)).startsWith("/cas/get/xorb/" + KEY + "?");
  }

  @Test
  void givenEachCharacterOfAUrl_whenChangedDroppedOrDoubled_thenItIsRefused() {
    assertEveryEditRefused(urls.xorb(KEY, RANGES), urls::verifyXorb);
    assertEveryEditRefused(urls.file(file), urls::verifyFile);
    assertEveryEditRefused(urls.upload(upload), urls::verifyUpload);
  }

  private static <T> void assertEveryEditRefused(String url, BiFunction<String, String, T> verify) {
    int mark = url.indexOf('?');
    for (int i = 0; i < url.length(); i++) {
      if (i == mark) {
        continue;
      }
      char other = url.charAt(i) == '7' ? '8' : '7';
      for (var altered :
          List.of(
              url.substring(0, i) + other + url.substring(i + 1),
              url.substring(0, i) + url.substring(i + 1),
              url.substring(0, i) + url.charAt(i) + url.substring(i))) {
        int at = altered.indexOf('?');
        assertRefused(
            altered, () -> verify.apply(altered.substring(0, at), altered.substring(at + 1)));
      }
    }
  }

  @Test
  void givenParameters_whenDoubledReorderedOrAdded_thenTheUrlIsRefused() {
    var url = urls.upload(upload);
    int mark = url.indexOf('?');
    var path = url.substring(0, mark);
    var parameters = List.of(url.substring(mark + 1).split("&"));
    for (var parameter : parameters) {
      var first = new ArrayList<>(parameters);
      first.addFirst(parameter);
      var last = new ArrayList<>(parameters);
      last.add(parameter);
      assertRefused("first", () -> urls.verifyUpload(path, String.join("&", first)));
      assertRefused("last", () -> urls.verifyUpload(path, String.join("&", last)));
    }
    var swapped = new ArrayList<>(parameters);
    Collections.swap(swapped, 0, 1);
    assertRefused("swapped", () -> urls.verifyUpload(path, String.join("&", swapped)));
    assertRefused("added", () -> urls.verifyUpload(path, url.substring(mark + 1) + "&x=1"));
    assertRefused("none", () -> urls.verifyUpload(path, ""));
  }

  @Test
  void givenAUrlOfOneKind_whenUsedAsAnother_thenItIsRefused() {
    assertRefused("kind", () -> verify(urls.file(file), urls::verifyXorb));
    assertRefused("kind", () -> verify(urls.upload(upload), urls::verifyFile));
  }

  @Test
  void givenALifetime_whenItHasPassed_thenTheUrlIsRefused() {
    var lifetime = Duration.ofMinutes(5);
    var url = new SignedUrls(keys, () -> NOW, lifetime).upload(upload);
    var just = new SignedUrls(keys, () -> NOW.plus(lifetime).minusSeconds(1));
    var late = new SignedUrls(keys, () -> NOW.plus(lifetime));
    var early = new SignedUrls(keys, () -> NOW.minus(Duration.ofHours(2)));

    assertThat(verify(url, just::verifyUpload)).isEqualTo(upload);
    assertRefused("late", () -> verify(url, late::verifyUpload));
    assertRefused("from the future", () -> verify(url, early::verifyUpload));
    assertThatThrownBy(() -> new SignedUrls(keys, () -> NOW, Duration.ofMinutes(61)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void givenANewKeyInFront_whenTheOldKeySigned_thenItHoldsUntilTheOldKeyIsGone() {
    var url = urls.upload(upload);

    assertThat(verify(url, new SignedUrls(ring(2, 1), () -> NOW)::verifyUpload)).isEqualTo(upload);
    assertRefused(
        "unknown key", () -> verify(url, new SignedUrls(ring(2, 3), () -> NOW)::verifyUpload));
  }

  @Test
  void givenRangesThatTouchBackwardsOrAreEmpty_whenSigned_thenItIsABug() {
    for (var wrong :
        List.of(
            List.<ByteRange>of(),
            List.of(new ByteRange(4, 4)),
            List.of(new ByteRange(4, 9), new ByteRange(8, 12)))) {
      assertThatThrownBy(() -> urls.xorb(KEY, wrong)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
