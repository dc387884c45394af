package dev.ashlar.core.token;

import static dev.ashlar.core.token.SignedUrls.field;

import dev.ashlar.core.hash.Sha256;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * URLs for an LFS object that comes in parts: one for each part, and one to join them.
 *
 * <pre>
 * /cas/put/lfs/{oid}/parts/{number}?caller=..&amp;repo=..&amp;bytes=..&amp;part=..&amp;exp=..&amp;kid=..&amp;sig=..
 * /cas/put/lfs/{oid}/complete?caller=..&amp;repo=..&amp;bytes=..&amp;part=..&amp;exp=..&amp;kid=..&amp;sig=..
 * </pre>
 *
 * Clients get all of them at once and never ask again, so they live as long as a slow upload may
 * take; whoever serves them asks each time whether the caller still may.
 */
public final class PartUrls {
  /** How long a URL lives. */
  public static final Duration LIFETIME = Duration.ofHours(24);

  private static final String PREFIX = "/cas/put/lfs/";
  private static final Pattern PART =
      Pattern.compile(PREFIX + "([0-9a-f]{64})/parts/([1-9][0-9]{0,8})");
  private static final Pattern COMPLETE = Pattern.compile(PREFIX + "([0-9a-f]{64})/complete");

  private final UrlSeal seal;

  PartUrls(KeyRing keys, InstantSource clock) {
    this.seal = new UrlSeal(keys, clock, LIFETIME, LIFETIME);
  }

  /** What the address of a part permits. */
  public record PartUrl(PartsUrl object, int number) {
    /** The length of this part. */
    public long bytes() {
      return object.bytesOf(number);
    }
  }

  /** Signs the sending of one part. */
  public String part(PartsUrl object, int number) {
    object.bytesOf(number);
    return seal.put(PREFIX + object.oid() + "/parts/" + number, query(object));
  }

  /** Signs the joining of the parts. */
  public String complete(PartsUrl object) {
    return seal.put(PREFIX + object.oid() + "/complete", query(object));
  }

  private static String query(PartsUrl object) {
    return "caller="
        + object.callerId()
        + ("&repo=" + object.repoId())
        + ("&bytes=" + object.bytes())
        + ("&part=" + object.partBytes());
  }

  /** What a URL of {@link #part} permits, or the refusal of a signature that is not valid. */
  public PartUrl verifyPart(String rawPath, String rawQuery) {
    var path = matched(PART, rawPath);
    return new PartUrl(
        object(path, seal.check(rawPath, rawQuery)), Integer.parseInt(path.group(2)));
  }

  /** What a URL of {@link #complete} permits. */
  public PartsUrl verifyComplete(String rawPath, String rawQuery) {
    var path = matched(COMPLETE, rawPath);
    return object(path, seal.check(rawPath, rawQuery));
  }

  private static Matcher matched(Pattern form, String rawPath) {
    var path = form.matcher(rawPath);
    if (!path.matches()) {
      throw UrlSeal.refused();
    }
    return path;
  }

  private static PartsUrl object(Matcher path, Map<String, String> fields) {
    return new PartsUrl(
        Long.parseLong(field(fields, "caller")),
        Long.parseLong(field(fields, "repo")),
        Sha256.parse(path.group(1)),
        Long.parseLong(field(fields, "bytes")),
        Long.parseLong(field(fields, "part")));
  }
}
