package dev.ashlar.hub.commit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ashlar.core.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON value a line. The string at {@code value.content} may be many megabytes long and
 * goes to a stream of its own as it is read, leaving an empty text; everything else is small and
 * becomes a tree.
 *
 * <p>Ordinary parsers hold a whole string in memory, and twice. That is why the grammar stands here
 * once more.
 */
final class JsonLines {
  private static final int DEPTH_MAX = 64;
  private static final int TEXT_BYTES_MAX = 64 * 1024;
  private static final int LINE_TEXT_BYTES_MAX = 1 << 20;
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final LineInput in;
  private int textBytes;

  JsonLines(LineInput in) {
    this.in = in;
  }

  /** The value of the next line that is not blank, or null at the end. */
  @Nullable JsonNode next(OutputStream content) throws IOException {
    skipBlank(true);
    if (in.isAtEnd()) {
      return null;
    }
    textBytes = 0;
    var value = value(content, "", 1);
    skipBlank(false);
    if (!in.isAtEnd() && in.take() != '\n') {
      throw in.fault("there is more than one value");
    }
    return value;
  }

  /** A fault in the present line. */
  ProblemException fault(String reason) {
    return in.fault(reason);
  }

  private void skipBlank(boolean lines) throws IOException {
    while (!in.isAtEnd()) {
      int next = in.peek();
      if (next != ' ' && next != '\t' && next != '\r' && !(lines && next == '\n')) {
        return;
      }
      in.take();
    }
  }

  /** Reads a value; inside one, line breaks are refused because they end the line. */
  private JsonNode value(OutputStream content, String place, int depth) throws IOException {
    if (depth > DEPTH_MAX) {
      throw in.fault("it is nested too deeply");
    }
    skipBlank(false);
    if (in.isAtEnd()) {
      throw in.fault("the request ends too early");
    }
    return switch (in.peek()) {
      case '{' -> object(content, place, depth);
      case '[' -> array(content, depth);
      case '"' -> {
        in.take();
        if (place.equals("/value/content")) {
          string(content);
          yield NODES.textNode("");
        }
        yield NODES.textNode(text());
      }
      default -> plain();
    };
  }

  private JsonNode object(OutputStream content, String place, int depth) throws IOException {
    var object = NODES.objectNode();
    in.take();
    skipBlank(false);
    if (peekIs('}')) {
      in.take();
      return object;
    }
    do {
      skipBlank(false);
      expect('"', "a key");
      var key = text();
      skipBlank(false);
      expect(':', "a colon");
      if (object.has(key)) {
        throw in.fault("the key " + key + " stands there twice");
      }
      object.set(key, value(content, depth > 2 ? "" : place + "/" + key, depth + 1));
      skipBlank(false);
    } while (more('}'));
    return object;
  }

  private JsonNode array(OutputStream content, int depth) throws IOException {
    var array = NODES.arrayNode();
    in.take();
    skipBlank(false);
    if (peekIs(']')) {
      in.take();
      return array;
    }
    do {
      array.add(value(content, "", depth + 1));
      count(1);
      skipBlank(false);
    } while (more(']'));
    return array;
  }

  private boolean peekIs(char c) throws IOException {
    return !in.isAtEnd() && in.peek() == c;
  }

  private void expect(char c, String what) throws IOException {
    if (in.take() != c) {
      throw in.fault(what + " is needed");
    }
  }

  private boolean more(char close) throws IOException {
    byte next = in.take();
    if (next != ',' && next != close) {
      throw in.fault("a comma or " + close + " is needed");
    }
    return next == ',';
  }

  private JsonNode plain() throws IOException {
    var text = new StringBuilder();
    while (!in.isAtEnd() && ",]} \t\r\n".indexOf(in.peek()) < 0) {
      text.append((char) (in.take() & 0xff));
      count(1);
    }
    var word = text.toString();
    return switch (word) {
      case "true" -> NODES.booleanNode(true);
      case "false" -> NODES.booleanNode(false);
      case "null" -> NODES.nullNode();
      default -> {
        if (!NUMBER.matcher(word).matches()) {
          throw in.fault("it is not JSON");
        }
        yield word.matches("-?[0-9]{1,18}")
            ? NODES.numberNode(Long.parseLong(word))
            : NODES.numberNode(Double.parseDouble(word));
      }
    };
  }

  private String text() throws IOException {
    var bytes = new ByteArrayOutputStream();
    string(
        new OutputStream() {
          @Override
          public void write(int b) {
            count(1);
            bytes.write(b);
          }

          @Override
          public void write(byte[] source, int offset, int length) {
            count(length);
            if (bytes.size() + length > TEXT_BYTES_MAX) {
              throw in.fault("a text is longer than " + TEXT_BYTES_MAX + " bytes");
            }
            bytes.write(source, offset, length);
          }
        });
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException _) {
      throw in.fault("it is not UTF-8");
    }
  }

  private void count(int bytes) {
    textBytes += bytes;
    if (textBytes > LINE_TEXT_BYTES_MAX) {
      throw in.fault("it is longer than " + LINE_TEXT_BYTES_MAX + " bytes without its content");
    }
  }

  /** Writes the rest of a string, unescaped, as UTF-8. */
  private void string(OutputStream target) throws IOException {
    while (true) {
      in.copyPlain(target);
      byte next = in.take();
      if (next == '"') {
        return;
      }
      if (next != '\\') {
        throw in.fault("a control character stands in a text");
      }
      target.write(escape().getBytes(StandardCharsets.UTF_8));
    }
  }

  private String escape() throws IOException {
    byte letter = in.take();
    return switch (letter) {
      case '"', '\\', '/' -> Character.toString(letter);
      case 'b' -> "\b";
      case 'f' -> "\f";
      case 'n' -> "\n";
      case 'r' -> "\r";
      case 't' -> "\t";
      case 'u' -> unicode();
      default -> throw in.fault("an escape is unknown");
    };
  }

  private String unicode() throws IOException {
    char unit = hex();
    if (!Character.isSurrogate(unit)) {
      return String.valueOf(unit);
    }
    if (Character.isHighSurrogate(unit) && in.take() == '\\' && in.take() == 'u') {
      char low = hex();
      if (Character.isLowSurrogate(low)) {
        return new String(new char[] {unit, low});
      }
    }
    throw in.fault("half of a surrogate pair stands alone");
  }

  private char hex() throws IOException {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      byte b = in.take();
      int digit = b < 0 ? -1 : Character.digit(b, 16);
      if (digit < 0) {
        throw in.fault("an escape needs four hex digits");
      }
      value = value * 16 + digit;
    }
    return (char) value;
  }
}
