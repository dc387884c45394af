package dev.ashlar.core.token;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.manifest.ByteRange;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * URLs that are permissions: for ranges of a xorb, for a whole file, for one LFS upload; for the
 * parts of one see {@link PartUrls}.
 *
 * <p>Each is a path and query relative to the base URL; the parameters stand in one fixed order and
 * end in expiry, key and signature:
 *
 * <pre>
 * /cas/get/xorb/{storage key}?ranges=0-100,200-300&amp;exp=..&amp;kid=..&amp;sig=..
 * /cas/get/file/{hash}?bytes=..&amp;type=..&amp;disposition=..&amp;etag=..&amp;exp=..&amp;kid=..&amp;sig=..
 * /cas/put/lfs/{oid}?caller=..&amp;repo=..&amp;bytes=..&amp;exp=..&amp;kid=..&amp;sig=..
 * </pre>
 *
 * Ranges are half-open here. What is verified is the raw text, so a changed, doubled, moved or
 * added parameter is refused like a wrong signature.
 */
public final class SignedUrls {
  /** The longest life of a URL. */
  public static final Duration LIFETIME_MAX = Duration.ofMinutes(60);

  private static final String XORB = "/cas/get/xorb/";
  private static final String FILE = "/cas/get/file/";
  private static final String UPLOAD = "/cas/put/lfs/";

  private final UrlSeal seal;
  private final PartUrls parts;

  /** URLs that live for {@link #LIFETIME_MAX}. */
  public SignedUrls(KeyRing keys, InstantSource clock) {
    this(keys, clock, LIFETIME_MAX);
  }

  /** URLs of a shorter life. */
  public SignedUrls(KeyRing keys, InstantSource clock, Duration lifetime) {
    if (lifetime.isNegative() || lifetime.isZero() || lifetime.compareTo(LIFETIME_MAX) > 0) {
      throw new IllegalArgumentException("signed URLs live for up to 60 minutes");
    }
    this.seal = new UrlSeal(keys, clock, lifetime, LIFETIME_MAX);
    this.parts = new PartUrls(keys, clock);
  }

  /** The addresses of objects that come in parts; they live longer. */
  public PartUrls parts() {
    return parts;
  }

  /** Signs the reading of ranges of a stored xorb. */
  public String xorb(String storageKey, List<ByteRange> ranges) {
    var text =
        new XorbUrl(storageKey, ranges)
            .ranges().stream()
                .map(range -> range.start() + "-" + range.end())
                .collect(Collectors.joining(","));
    return seal.put(XORB + storageKey, "ranges=" + text);
  }

  /** Signs the reading of a file. */
  public String file(FileUrl url) {
    return seal.put(
        FILE + url.file(),
        "bytes="
            + url.bytes()
            + ("&type=" + encode(url.contentType()))
            + ("&disposition=" + encode(url.disposition()))
            + ("&etag=" + encode(url.etag())));
  }

  /** Signs the sending of an LFS object. */
  public String upload(UploadUrl url) {
    return seal.put(
        UPLOAD + url.oid(),
        "caller=" + url.callerId() + "&repo=" + url.repoId() + "&bytes=" + url.bytes());
  }

  /** What a URL of {@link #xorb} permits, or the refusal of a signature that is not valid. */
  public XorbUrl verifyXorb(String rawPath, String rawQuery) {
    return verified(
        XORB,
        rawPath,
        rawQuery,
        fields ->
            new XorbUrl(
                rawPath.substring(XORB.length()),
                Stream.of(field(fields, "ranges").split(",")).map(SignedUrls::range).toList()));
  }

  /** What a URL of {@link #file} permits. */
  public FileUrl verifyFile(String rawPath, String rawQuery) {
    return verified(
        FILE,
        rawPath,
        rawQuery,
        fields ->
            new FileUrl(
                MerkleHash.parse(rawPath.substring(FILE.length())),
                Long.parseLong(field(fields, "bytes")),
                decode(field(fields, "type")),
                decode(field(fields, "disposition")),
                decode(field(fields, "etag"))));
  }

  /** What a URL of {@link #upload} permits. */
  public UploadUrl verifyUpload(String rawPath, String rawQuery) {
    return verified(
        UPLOAD,
        rawPath,
        rawQuery,
        fields ->
            new UploadUrl(
                Long.parseLong(field(fields, "caller")),
                Long.parseLong(field(fields, "repo")),
                Sha256.parse(rawPath.substring(UPLOAD.length())),
                Long.parseLong(field(fields, "bytes"))));
  }

  /** Fields are parsed only behind the signature, so a wrong one is a bug of ours. */
  private <T> T verified(
      String prefix, String rawPath, String rawQuery, Function<Map<String, String>, T> parse) {
    if (!rawPath.startsWith(prefix)) {
      throw UrlSeal.refused();
    }
    return parse.apply(seal.check(rawPath, rawQuery));
  }

  static String field(Map<String, String> fields, String name) {
    var value = fields.get(name);
    if (value == null) {
      throw UrlSeal.refused();
    }
    return value;
  }

  private static ByteRange range(String text) {
    int dash = text.indexOf('-');
    return new ByteRange(
        Long.parseLong(text.substring(0, dash)), Long.parseLong(text.substring(dash + 1)));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
