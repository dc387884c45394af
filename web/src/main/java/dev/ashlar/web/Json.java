package dev.ashlar.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ashlar.core.problem.Problem.Malformed;
import dev.ashlar.core.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The one JSON mapper: unknown fields are tolerated, nulls are written, depth and the number of
 * values are bounded.
 */
public final class Json {
  private static final int DEPTH_MAX = 64;

  /** Three times what the longest allowed list has; values of two bytes become objects of 100. */
  private static final long TOKENS_MAX = 300_000;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  static {
    MAPPER
        .getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(DEPTH_MAX)
                .maxTokenCount(TOKENS_MAX)
                .build());
  }

  /** What parsers append for those who wrote the program. */
  private static final Pattern PARSER_DETAIL =
      Pattern.compile(" \\([^()]*\\[Source: .*", Pattern.DOTALL);

  private Json() {}

  /** The shared mapper, for streaming parsers and trees. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  /** Compact UTF-8 bytes. */
  public static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("not writable as JSON: " + value.getClass(), e);
    }
  }

  /** Reads one value of the type; anything else than such JSON is {@link Malformed}. */
  public static <T> T read(InputStream body, Class<T> type) throws IOException {
    try {
      var value = MAPPER.readValue(body, type);
      if (value == null) {
        throw new ProblemException(new Malformed("JSON", 0, "an object is needed, not null"));
      }
      return value;
    } catch (JsonProcessingException e) {
      throw malformed(e);
    }
  }

  /** Reads one tree; an empty body is a missing node. */
  public static JsonNode tree(InputStream body) throws IOException {
    try {
      return MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      throw malformed(e);
    }
  }

  /** The problem behind a parser's exception; neither source text nor our classes are named. */
  public static ProblemException malformed(JsonProcessingException e) {
    long offset = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getByteOffset());
    return new ProblemException(new Malformed("JSON", offset, reason(e)));
  }

  private static String reason(JsonProcessingException e) {
    if (e instanceof MismatchedInputException mismatched) {
      var fields =
          mismatched.getPath().stream()
              .map(JsonMappingException.Reference::getFieldName)
              .filter(Objects::nonNull)
              .collect(Collectors.joining("."));
      return fields.isEmpty()
          ? "an object with fields is needed"
          : "the field " + fields + " needs another kind of value";
    }
    return PARSER_DETAIL.matcher(e.getOriginalMessage()).replaceAll("");
  }
}
