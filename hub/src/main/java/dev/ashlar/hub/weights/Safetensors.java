package dev.ashlar.hub.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How many parameters of each number format a safetensors file holds.
 *
 * <p>The file begins with the length of a JSON text, as eight bytes with the least first, and the
 * text: an object of tensors, each with {@code dtype} and {@code shape}, and a note {@code
 * __metadata__}. What does not look like that says nothing.
 */
public record Safetensors(Map<String, Long> parameters) {
  private static final int FIRST_BYTES = 64 << 10;
  private static final int HEADER_BYTES_MAX = 24 << 20;
  private static final int FORMATS_MAX = 32;
  private static final JsonFactory JSON = new JsonFactory();

  public Safetensors {
    parameters = Map.copyOf(parameters);
  }

  /** The numbers of all formats together. */
  public long total() {
    return parameters.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Both together; empty when nobody could have so many. */
  public Optional<Safetensors> plus(Safetensors other) {
    var sum = new TreeMap<>(parameters);
    try {
      other.parameters.forEach((format, number) -> sum.merge(format, number, Math::addExact));
      return checked(sum);
    } catch (ArithmeticException _) {
      return Optional.empty();
    }
  }

  /** Reads the header of a file; empty when it is none, or too long. */
  public static Optional<Safetensors> read(Head head) throws IOException {
    var bytes = head.read(FIRST_BYTES);
    if (bytes.length < 10) {
      return Optional.empty();
    }
    long length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 2 || length > HEADER_BYTES_MAX || bytes[8] != '{') {
      return Optional.empty();
    }
    if (bytes.length < 8 + length) {
      bytes = head.read((int) (8 + length));
    }
    return bytes.length < 8 + length ? Optional.empty() : parse(bytes, (int) length);
  }

  private static Optional<Safetensors> parse(byte[] bytes, int length) throws IOException {
    var parameters = new TreeMap<String, Long>();
    try (var json = JSON.createParser(bytes, 8, length)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean isNote = json.currentName().equals("__metadata__");
        if (json.nextToken() != JsonToken.START_OBJECT) {
          return Optional.empty();
        }
        if (isNote) {
          json.skipChildren();
        } else if (!tensor(json, parameters)) {
          return Optional.empty();
        }
      }
      return checked(parameters);
    } catch (JsonParseException | ArithmeticException _) {
      return Optional.empty();
    }
  }

  /** Reads a tensor whose object has begun; false when it is none. */
  private static boolean tensor(JsonParser json, Map<String, Long> parameters) throws IOException {
    var format = "";
    long number = -1;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      var name = json.currentName();
      var value = json.nextToken();
      if (name.equals("dtype") && value == JsonToken.VALUE_STRING) {
        format = json.getText();
      } else if (name.equals("shape") && value == JsonToken.START_ARRAY) {
        number = product(json);
      } else {
        json.skipChildren();
      }
    }
    if (!format.matches("[A-Z0-9_]{1,16}") || number < 0) {
      return false;
    }
    parameters.merge(format, number, Math::addExact);
    return parameters.size() <= FORMATS_MAX;
  }

  private static long product(JsonParser json) throws IOException {
    long product = 1;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.VALUE_NUMBER_INT || json.getLongValue() < 0) {
        throw new ArithmeticException("no dimension");
      }
      product = Math.multiplyExact(product, json.getLongValue());
    }
    return product;
  }

  private static Optional<Safetensors> checked(Map<String, Long> parameters) {
    long total = 0;
    for (long number : parameters.values()) {
      total = Math.addExact(total, number);
    }
    return total == 0 ? Optional.empty() : Optional.of(new Safetensors(parameters));
  }
}
