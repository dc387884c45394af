package dev.ashlar.hub.card;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads a card's YAML as JSON. The core schema knows no dates, so these stay texts. Aliases are
 * written out, which a few lines can blow up to any size: a budget of values and a depth stop that,
 * and collections that contain themselves too.
 */
final class CardYaml {
  private static final int TEXT_LENGTH_MAX = 256 * 1024;
  private static final int VALUES_MAX = 50_000;
  private static final int DEPTH_MAX = 40;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static final LoadSettings SETTINGS =
      LoadSettings.builder()
          .setLabel("card")
          .setSchema(new CoreSchema())
          .setCodePointLimit(TEXT_LENGTH_MAX)
          .setMaxAliasesForCollections(50)
          .build();

  /** Why a text is no card. */
  static final class BrokenCard extends Exception {
    private static final long serialVersionUID = 1;

    BrokenCard(String reason) {
      super(reason);
    }
  }

  private int values;

  private CardYaml() {}

  /** The mapping that the text is. */
  static ObjectNode parse(String yaml) throws BrokenCard {
    try {
      var loaded = new Load(SETTINGS).loadFromString(yaml);
      if (new CardYaml().node(loaded, 0) instanceof ObjectNode mapping) {
        return mapping;
      }
    } catch (YamlEngineException e) {
      throw new BrokenCard(oneLine(e));
    } catch (StackOverflowError _) {
      throw new BrokenCard("it is nested too deeply");
    }
    throw new BrokenCard("a mapping of keys to values is needed");
  }

  private static String oneLine(YamlEngineException e) {
    var message = e.getMessage();
    return message == null ? "it cannot be read" : message.replaceAll("\\s+", " ").strip();
  }

  private JsonNode node(@Nullable Object value, int depth) throws BrokenCard {
    if (++values > VALUES_MAX || depth > DEPTH_MAX) {
      throw new BrokenCard("it is too large or nested too deeply");
    }
    return switch (value) {
      case null -> NODES.nullNode();
      case Map<?, ?> map -> {
        var node = NODES.objectNode();
        for (var entry : map.entrySet()) {
          node.set(String.valueOf(entry.getKey()), node(entry.getValue(), depth + 1));
        }
        yield node;
      }
      case List<?> list -> {
        var node = NODES.arrayNode();
        for (var element : list) {
          node.add(node(element, depth + 1));
        }
        yield node;
      }
      case Boolean flag -> NODES.booleanNode(flag);
      case Integer number -> NODES.numberNode(number);
      case Long number -> NODES.numberNode(number);
      case BigInteger number -> NODES.numberNode(number);
      case Double number when Double.isFinite(number) -> NODES.numberNode(number);
      case Object other -> NODES.textNode(other.toString());
    };
  }
}
