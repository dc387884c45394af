package dev.ashlar.web;

import java.util.Arrays;
import java.util.Optional;

/**
 * The strong entity tag of a file, and what the conditions of a request mean for it.
 *
 * @param quoted the tag with its quotes, as in headers
 */
public record EntityTag(String quoted) {
  /** A tag that may have its quotes already. */
  public static EntityTag of(String tag) {
    return new EntityTag(tag.startsWith("\"") ? tag : "\"" + tag + "\"");
  }

  /** Whether the client says in If-None-Match that it has this content: the answer is 304. */
  public boolean isKnownTo(Exchange exchange) {
    return exchange.header("If-None-Match").stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .map(String::strip)
        .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
        .anyMatch(tag -> tag.equals("*") || tag.equals(quoted));
  }

  /** The ranges asked for; malformed ones, or ones meant for another content, do not count. */
  public Optional<HttpRange> range(Exchange exchange) {
    var condition = exchange.header("If-Range");
    return condition.isPresent() && !condition.get().equals(quoted)
        ? Optional.empty()
        : exchange.header("Range").flatMap(HttpRange::parse);
  }
}
