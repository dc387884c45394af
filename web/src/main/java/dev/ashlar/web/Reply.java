package dev.ashlar.web;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A whole small answer: status, headers in order, body bytes. */
public record Reply(int status, Map<String, String> headers, byte[] body) {
  public Reply {
    headers = Map.copyOf(headers);
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
