package dev.ashlar.hub.card;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ashlar.hub.git.HubRepository;
import dev.ashlar.hub.repo.FileFacts;
import dev.ashlar.hub.weights.FileHeads;
import dev.ashlar.metadata.Database;
import io.helidon.dbclient.DbTransaction;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * Works out what the configuration and the weight files at a head say. Headers are read only when
 * one of these files has changed, and nothing that is wrong with them hinders the commit.
 */
final class HeadFacts {
  private static final System.Logger LOG = System.getLogger(HeadFacts.class.getName());
  private static final String FINGERPRINT = "of";

  private final Database database;
  private final WeightReader weights;

  HeadFacts(Database database, FileHeads heads) {
    this.database = database;
    this.weights = new WeightReader(database, heads);
  }

  /** What to note in the transaction that moves the head; empty when nothing has changed. */
  Optional<Consumer<DbTransaction>> moving(
      HubRepository repository, ObjectReader reader, RootFiles root) {
    long repoId = repository.repoId();
    var fingerprint = fingerprint(root);
    var known =
        Optional.ofNullable(database.read(db -> FileFacts.find(db, List.of(repoId))).get(repoId));
    if (fingerprint.isEmpty()) {
      return known.map(_ -> tx -> FileFacts.put(tx, repoId, null, 0));
    }
    try {
      if (known.isPresent() && of(known.get()).path(FINGERPRINT).asText().equals(fingerprint)) {
        return Optional.empty();
      }
      var facts = facts(root);
      weights.addTo(facts, repoId, reader, root);
      facts.put(FINGERPRINT, fingerprint);
      var text = facts.toString();
      long parameters = parameters(facts);
      return Optional.of(tx -> FileFacts.put(tx, repoId, text, parameters));
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.WARNING, "headers of weight files not read repo=" + repoId, e);
      return Optional.empty();
    }
  }

  private static long parameters(JsonNode facts) {
    long total = facts.path("safetensors").path("total").asLong();
    return total > 0 ? total : Math.max(0, facts.path("gguf").path("total").asLong());
  }

  /** The facts in a stored text. */
  static JsonNode of(String stored) throws IOException {
    return WeightFiles.tolerant(stored.getBytes(StandardCharsets.UTF_8));
  }

  /** What the configuration alone says. */
  static ObjectNode facts(RootFiles root) {
    var facts = JsonNodeFactory.instance.objectNode();
    root.config()
        .ifPresent(
            config -> {
              facts.set("config", config.config());
              config.maskToken().ifPresent(mask -> facts.put("mask_token", mask));
              config
                  .auto()
                  .ifPresent(
                      auto ->
                          facts
                              .putObject("transformersInfo")
                              .put("auto_model", auto.model())
                              .put("pipeline_tag", auto.task())
                              .put("processor", auto.processor()));
            });
    return facts;
  }

  /** Names and ids of all files that matter, in short; empty when there are none. */
  private static String fingerprint(RootFiles root) {
    var lines = new StringBuilder();
    new TreeMap<>(root.files())
        .forEach(
            (name, id) -> {
              if (WeightFiles.matters(name) || Cards.CONFIGS.contains(name)) {
                lines.append(name).append(' ').append(id.name()).append('\n');
              }
            });
    try (var formatter = new ObjectInserter.Formatter()) {
      return lines.isEmpty()
          ? ""
          : formatter
              .idFor(Constants.OBJ_BLOB, lines.toString().getBytes(StandardCharsets.UTF_8))
              .name();
    }
  }
}
