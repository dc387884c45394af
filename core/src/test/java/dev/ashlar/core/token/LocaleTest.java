package dev.ashlar.core.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.token.XetToken.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is signed reads the same on a machine whose language writes other digits. */
final class LocaleTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

  private final Locale before = Locale.getDefault();
  private final KeyRing keys = KeyRing.of(List.of(new byte[32]));

  @BeforeEach
  void speakArabic() {
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
  }

  @AfterEach
  void speakAsBefore() {
    Locale.setDefault(before);
  }

  @Test
  void givenOtherDigits_whenTokensAndUrlsAreSigned_thenTheyAreStillVerified() {
    var token = new XetToken(5, 4, 6, Scope.READ, NOW.plusSeconds(60));
    var tokens = new XetTokens(keys, () -> NOW);
    var upload = new UploadUrl(7, 9, new Sha256(1, 2, 3, 4), 1 << 20);
    var urls = new SignedUrls(keys, () -> NOW);

    var url = urls.upload(upload).split("\\?", 2);

    assertThat(tokens.verify(tokens.sign(token))).isEqualTo(token);
    assertThat(urls.verifyUpload(url[0], url[1])).isEqualTo(upload);
  }
}
