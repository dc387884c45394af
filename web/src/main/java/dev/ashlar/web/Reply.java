package dev.ashlar.web;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A whole small answer: status, headers in order, body bytes. */
public final class Reply {
  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  /** A reply with these headers; the array is not copied and must not change any more. */
  public Reply(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    this.body = body;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The headers in order. */
  public Map<String, String> headers() {
    return headers;
  }

  /** The body's bytes; do not change them. */
  byte[] body() {
    return body;
  }

  /** An empty body. */
  public static Reply empty(int status) {
    return new Reply(status, Map.of(), new byte[0]);
  }

  /** A JSON body made from a record, map, list or Jackson tree. */
  public static Reply json(int status, Object value) {
    return new Reply(
        status, Map.of("Content-Type", "application/json; charset=utf-8"), Json.write(value));
  }

  /** A plain text body. */
  public static Reply text(int status, String text) {
    return new Reply(
        status,
        Map.of("Content-Type", "text/plain; charset=utf-8"),
        text.getBytes(StandardCharsets.UTF_8));
  }

  /** The same with one header more; an empty value adds nothing. */
  public Reply with(String name, String value) {
    if (value.isEmpty()) {
      return this;
    }
    var more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Reply(status, more, body);
  }
}
