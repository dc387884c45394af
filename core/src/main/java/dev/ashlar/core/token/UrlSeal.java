package dev.ashlar.core.token;

import dev.ashlar.core.problem.Need;
import dev.ashlar.core.problem.Problem.Refused;
import dev.ashlar.core.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Puts expiry, key and signature behind a path and query, and checks them. */
final class UrlSeal {
  private static final int QUERY_CHARS_MAX = 16 * 1024;
  private static final Duration SKEW_MAX = Duration.ofSeconds(60);
  private static final String EXPIRY = "&exp=";
  private static final Pattern SEAL =
      Pattern.compile("(&exp=([1-9][0-9]{0,11})&kid=([0-9a-f]{8}))&sig=([A-Za-z0-9_-]{43})");

  private final KeyRing keys;
  private final InstantSource clock;
  private final Duration lifetime;
  private final Duration lifetimeMax;

  UrlSeal(KeyRing keys, InstantSource clock, Duration lifetime, Duration lifetimeMax) {
    this.keys = keys;
    this.clock = clock;
    this.lifetime = lifetime;
    this.lifetimeMax = lifetimeMax;
  }

  String put(String path, String query) {
    var expires = clock.instant().plus(lifetime).getEpochSecond();
    var sealed = query + "&exp=" + expires + "&kid=" + keys.currentId();
    var signature = SignedText.encode(keys.sign(text(path, sealed)));
    return path + "?" + sealed + "&sig=" + signature;
  }

  /** The raw parameters of a query whose signature holds now. */
  Map<String, String> check(String rawPath, String rawQuery) {
    if (rawQuery.length() > QUERY_CHARS_MAX) {
      throw refused();
    }
    int sealStart = rawQuery.lastIndexOf(EXPIRY);
    var parts = SEAL.matcher(sealStart < 0 ? "" : rawQuery.substring(sealStart));
    if (!parts.matches()) {
      throw refused();
    }
    var sealed = rawQuery.substring(0, sealStart) + parts.group(1);
    if (!keys.verify(parts.group(3), text(rawPath, sealed), SignedText.decode(parts.group(4)))) {
      throw refused();
    }
    var expires = Instant.ofEpochSecond(Long.parseLong(parts.group(2)));
    var now = clock.instant();
    if (!now.isBefore(expires) || expires.isAfter(now.plus(lifetimeMax).plus(SKEW_MAX))) {
      throw refused();
    }
    return fields(sealed);
  }

  private static Map<String, String> fields(String query) {
    var fields = new HashMap<String, String>();
    for (var pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      fields.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return fields;
  }

  private static String text(String path, String query) {
    return "url 1\n" + path + "\n" + query;
  }

  static ProblemException refused() {
    return new ProblemException(new Refused(Need.VALID_SIGNATURE));
  }
}
