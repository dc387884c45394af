package dev.ashlar.core.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Secret keys of one purpose: the first signs, all verify, so that keys can be replaced while
 * earlier signatures still hold. A key is named by eight hex digits that follow from the key.
 *
 * <p>Signatures are HMAC-SHA-256. The ring never prints its keys.
 */
public final class KeyRing {
  /** The length of a key in bytes. */
  public static final int KEY_BYTES = 32;

  private static final String ALGORITHM = "HmacSHA256";
  private static final int ID_BYTES = 4;

  /** The keyed function is never updated itself: each signature is made by a copy of it. */
  private record Key(String id, Mac keyed) {}

  private final List<Key> keys;

  private KeyRing(List<Key> keys) {
    this.keys = List.copyOf(keys);
  }

  /** A ring of these keys of 32 bytes; the first one signs. */
  public static KeyRing of(List<byte[]> secrets) {
    if (secrets.isEmpty()) {
      throw new IllegalArgumentException("a key ring needs a key");
    }
    var keys = new ArrayList<Key>();
    for (var secret : secrets) {
      if (secret.length != KEY_BYTES) {
        throw new IllegalArgumentException("a key has 32 bytes, not " + secret.length);
      }
      var key = keyed(secret);
      var id = Arrays.copyOf(mac(key, "key id"), ID_BYTES);
      keys.add(new Key(HexFormat.of().formatHex(id), key));
    }
    return new KeyRing(keys);
  }

  /** A ring from the text of a key file: one key of 64 hex digits a line, the first one signs. */
  public static KeyRing parse(String text) {
    return of(
        text.lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .map(line -> HexFormat.of().parseHex(line))
            .toList());
  }

  /** The name of the key that signs. */
  public String currentId() {
    return keys.getFirst().id();
  }

  /** The current key's signature of the text, 32 bytes. */
  public byte[] sign(String text) {
    return mac(keys.getFirst().keyed(), text);
  }

  /** Whether the named key made this signature; an unknown name has made none. */
  public boolean verify(String keyId, String text, byte[] signature) {
    for (var key : keys) {
      if (key.id().equals(keyId)) {
        return MessageDigest.isEqual(mac(key.keyed(), text), signature);
      }
    }
    return false;
  }

  /** 32 bytes that follow from the current key and the purpose, for use as another key. */
  public byte[] derive(String purpose) {
    return sign("derive\n" + purpose);
  }

  private static Mac keyed(byte[] secret) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  /** A copy of the keyed function costs neither the search for a provider nor the key's setup. */
  private static byte[] mac(Mac keyed, String text) {
    try {
      return ((Mac) keyed.clone()).doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's " + ALGORITHM + " can be copied", e);
    }
  }
}
