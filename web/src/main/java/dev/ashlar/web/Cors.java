package dev.ashlar.web;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * What browsers may do from other origins: everything, as permission comes with a token or a
 * signature that the page must have, never with a cookie.
 */
final class Cors {
  private static final String EXPOSED =
      "X-Repo-Commit, X-Request-Id, X-Error-Code, X-Error-Message, X-Total-Count, ETag, Link,"
          + " Accept-Ranges, Content-Range, Content-Length, Content-Disposition, X-Linked-Size,"
          + " X-Linked-ETag, X-Xet-Hash, X-Xet-Cas-Url, X-Xet-Access-Token,"
          + " X-Xet-Token-Expiration";
  private static final String ALLOWED_HEADERS =
      "Authorization, Range, Content-Type, Accept, If-None-Match, If-Match, If-Range,"
          + " X-Xet-Session-Id, X-Range-Dirty, X-Request-Id, X-HF-Bill-To";
  private static final Pattern NAMES = Pattern.compile("[A-Za-z0-9_, -]{1,1000}");
  private static final String SECONDS_KEPT = "86400";

  private Cors() {}

  /** Marks every answer as readable, the interesting headers included. */
  static void expose(Exchange exchange) {
    exchange.setHeader("Access-Control-Allow-Origin", "*");
    exchange.setHeader("Access-Control-Expose-Headers", EXPOSED);
  }

  static boolean isPreflight(Exchange exchange) {
    return exchange.method().equals("OPTIONS")
        && exchange.header("Origin").isPresent()
        && exchange.header("Access-Control-Request-Method").isPresent();
  }

  /** The headers that a page asks for are allowed, as they do nothing that curl could not do. */
  static Reply preflight(Exchange exchange) {
    var asked =
        exchange
            .header("Access-Control-Request-Headers")
            .filter(names -> NAMES.matcher(names).matches())
            .orElse(ALLOWED_HEADERS);
    return new Reply(
        204,
        Map.of(
            "Access-Control-Allow-Methods",
            "GET, HEAD, POST, PUT, PATCH, DELETE",
            "Access-Control-Allow-Headers",
            asked,
            "Access-Control-Max-Age",
            SECONDS_KEPT,
            "Vary",
            "Access-Control-Request-Headers"),
        new byte[0]);
  }
}
