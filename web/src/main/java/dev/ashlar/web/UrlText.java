package dev.ashlar.web;

import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.Problem.OverLimit;
import dev.ashlar.core.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Percent-encoding of paths and queries (RFC 3986, and HTML forms for queries). */
public final class UrlText {
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  private static final String HEX = "0123456789ABCDEF";

  /** Forms list up to a thousand paths; a pair of two bytes becomes objects of 100. */
  private static final int PAIRS_MAX = 10_000;

  private UrlText() {}

  /** Decodes percent escapes as UTF-8; a plus sign stays. Broken escapes are {@link Invalid}. */
  public static String decodePath(String raw) {
    return decode(raw, false);
  }

  private static String decode(String raw, boolean plusIsSpace) {
    if (raw.indexOf('%') < 0 && raw.indexOf('+') < 0) {
      return raw;
    }
    var bytes = new ByteArrayOutputStream(raw.length());
    for (int i = 0; i < raw.length(); ) {
      char c = raw.charAt(i);
      if (c == '%') {
        if (i + 2 >= raw.length()
            || Character.digit(raw.charAt(i + 1), 16) < 0
            || Character.digit(raw.charAt(i + 2), 16) < 0) {
          throw new ProblemException(new Invalid("URL", "it has a broken percent escape"));
        }
        bytes.write(
            Character.digit(raw.charAt(i + 1), 16) * 16 + Character.digit(raw.charAt(i + 2), 16));
        i += 3;
      } else if (c == '+' && plusIsSpace) {
        bytes.write(' ');
        i++;
      } else {
        int point = raw.codePointAt(i);
        bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
        i += Character.charCount(point);
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException _) {
      throw new ProblemException(new Invalid("URL", "its escapes are not UTF-8"));
    }
  }

  /** The pairs of a query or form in order, decoded; too many are {@link OverLimit}. */
  public static List<Map.Entry<String, String>> parseQuery(String raw) {
    var pairs = new ArrayList<Map.Entry<String, String>>();
    for (int at = 0; at < raw.length(); ) {
      int and = raw.indexOf('&', at);
      int end = and < 0 ? raw.length() : and;
      if (end > at) {
        if (pairs.size() == PAIRS_MAX) {
          throw new ProblemException(new OverLimit("the number of parameters", PAIRS_MAX));
        }
        pairs.add(pair(raw.substring(at, end)));
      }
      at = end + 1;
    }
    return pairs;
  }

  private static Map.Entry<String, String> pair(String part) {
    int equals = part.indexOf('=');
    var name = equals < 0 ? part : part.substring(0, equals);
    var value = equals < 0 ? "" : part.substring(equals + 1);
    return Map.entry(decode(name, true), decode(value, true));
  }

  /** Encodes one path segment or query value: everything but unreserved characters. */
  public static String encode(String text) {
    return encode(text, "");
  }

  /** Encodes a path of several segments: slashes stay. */
  public static String encodePath(String path) {
    return encode(path, "/");
  }

  private static String encode(String text, String keep) {
    var out = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (UNRESERVED.indexOf(c) >= 0 || keep.indexOf(c) >= 0) {
        out.append(c);
      } else {
        out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
    return out.toString();
  }
}
