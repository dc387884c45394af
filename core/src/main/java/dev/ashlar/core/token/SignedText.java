package dev.ashlar.core.token;

import java.util.Base64;

/** Signatures as text: unpadded URL-safe Base64, in its one canonical spelling. */
final class SignedText {
  private SignedText() {}

  static String encode(byte[] signature) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
  }

  /** The bytes, or none when the text is no canonical Base64, which equals no signature. */
  static byte[] decode(String text) {
    try {
      var bytes = Base64.getUrlDecoder().decode(text);
      return encode(bytes).equals(text) ? bytes : new byte[0];
    } catch (IllegalArgumentException _) {
      return new byte[0];
    }
  }
}
