package dev.ashlar.hub.tree;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.core.hash.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LfsPointerTest {
  private static final String OID = "ab".repeat(32);
  private static final String HEAD = "version https://git-lfs.github.com/spec/v1\n";

  @Test
  void givenAPointer_whenItIsWrittenAndRead_thenItIsTheSame() {
    var pointer = new LfsPointer(Sha256.parse(OID), 30_000_000);

    assertThat(pointer.text()).isEqualTo(HEAD + "oid sha256:" + OID + "\nsize 30000000\n");
    assertThat(pointer.text()).hasSize(125 + 8);
    assertThat(LfsPointer.parse(pointer.blob())).contains(pointer);
  }

  @Test
  void givenAPointerWithAnExtension_whenItIsRead_thenItStillIsOne() {
    var text = HEAD + "ext-0-foo sha256:" + OID + "\noid sha256:" + OID + "\nsize 5\n";

    assertThat(LfsPointer.parse(text.getBytes(UTF_8))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "version https://git-lfs.github.com/spec/v1\n",
        "%soid sha256:%s\n",
        "%soid sha256:%s\nsize -1\n",
        "%soid sha256:%s\nsize 01\n",
        "%soid sha256:%s\nsize 1\nmore\n",
        "%soid sha1:%s\nsize 1\n",
        " %soid sha256:%s\nsize 1\n",
        "%soid sha256:%s\nsize 9999999999999999999\n"
      })
  void givenOtherText_whenItIsRead_thenItIsNoPointer(String form) {
    assertThat(LfsPointer.parse(form.formatted(HEAD, OID).getBytes(UTF_8))).isEmpty();
  }
}
