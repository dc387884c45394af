package dev.ashlar.hub.card;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ashlar.hub.tree.LfsPointer;
import dev.ashlar.hub.weights.FileHeads;
import dev.ashlar.hub.weights.Gguf;
import dev.ashlar.hub.weights.Head;
import dev.ashlar.hub.weights.Safetensors;
import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.Holds;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads the headers of weight files, stored as chunks or as blobs, within a budget of time; headers
 * can have megabytes, so few are read at once.
 */
final class WeightReader {
  private static final Duration TIME_MAX = Duration.ofSeconds(5);
  private static final int AT_ONCE = 2;
  private static final int FILES_KNOWN_MAX = 5_000;

  private final Database database;
  private final FileHeads heads;
  private final Semaphore turns = new Semaphore(AT_ONCE);

  /** A blob of one repository: a pointer to bytes that another one holds says nothing here. */
  private record Key(long repoId, ObjectId blob) {}

  /** The blob names the content; the same header is read once for a whole history. */
  private final Cache<Key, Safetensors> known =
      Caffeine.newBuilder().maximumSize(FILES_KNOWN_MAX).build();

  WeightReader(Database database, FileHeads heads) {
    this.database = database;
    this.heads = heads;
  }

  /** Adds what the weight files of a root folder say. */
  void addTo(ObjectNode facts, long repoId, ObjectReader reader, RootFiles root)
      throws IOException {
    var parts = WeightFiles.safetensors(root, name -> Cards.json(reader, root.files().get(name)));
    var gguf = WeightFiles.gguf(root);
    if (parts.isEmpty() && gguf.isEmpty()) {
      return;
    }
    long deadline = System.nanoTime() + TIME_MAX.toNanos();
    takeTurn();
    try {
      safetensors(repoId, reader, root, parts, deadline)
          .ifPresent(sum -> facts.set("safetensors", json(sum)));
      if (gguf.isPresent()) {
        Gguf.read(head(repoId, reader, id(root, gguf.get())))
            .ifPresent(header -> facts.set("gguf", json(header)));
      }
    } finally {
      turns.release();
    }
  }

  private void takeTurn() throws IOException {
    try {
      if (!turns.tryAcquire(TIME_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("too many headers are read at this moment");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private Optional<Safetensors> safetensors(
      long repoId, ObjectReader reader, RootFiles root, List<String> parts, long deadline)
      throws IOException {
    Optional<Safetensors> sum = Optional.empty();
    for (var part : parts) {
      if (System.nanoTime() > deadline) {
        throw new IOException("the headers of " + parts.size() + " files take too long");
      }
      var read = read(repoId, reader, id(root, part));
      if (read.isEmpty()) {
        return read;
      }
      sum = sum.isEmpty() ? read : sum.get().plus(read.get());
      if (sum.isEmpty()) {
        return sum;
      }
    }
    return sum;
  }

  private Optional<Safetensors> read(long repoId, ObjectReader reader, ObjectId blob)
      throws IOException {
    var key = new Key(repoId, blob);
    var header = Optional.ofNullable(known.getIfPresent(key));
    if (header.isEmpty()) {
      header = Safetensors.read(head(repoId, reader, blob));
      header.ifPresent(read -> known.put(key, read));
    }
    return header;
  }

  /** The beginning of a file that the repository holds, or of a blob that is no pointer. */
  private Head head(long repoId, ObjectReader reader, ObjectId blob) throws IOException {
    var loader = reader.open(blob, Constants.OBJ_BLOB);
    var pointer =
        loader.getSize() <= LfsPointer.TEXT_BYTES_MAX
            ? LfsPointer.parse(loader.getCachedBytes())
            : Optional.<LfsPointer>empty();
    if (pointer.isEmpty()) {
      return most -> {
        try (var in = loader.openStream()) {
          return in.readNBytes(most);
        }
      };
    }
    var oid = pointer.get().oid();
    var file = database.read(db -> Holds.bySha256(db, repoId, List.of(oid))).get(oid);
    if (file == null) {
      return _ -> new byte[0];
    }
    return most -> heads.read(file.hash(), most);
  }

  private static ObjectId id(RootFiles root, String name) {
    return root.files().getOrDefault(name, ObjectId.zeroId());
  }

  private static ObjectNode json(Safetensors sum) {
    var json = JsonNodeFactory.instance.objectNode();
    var parameters = json.putObject("parameters");
    sum.parameters().forEach(parameters::put);
    return json.put("total", sum.total());
  }

  private static ObjectNode json(Gguf header) {
    var json = JsonNodeFactory.instance.objectNode().put("total", header.total());
    var kind = header.notes().getOrDefault("general.architecture", "");
    put(json, "architecture", kind);
    put(json, "context_length", header.notes().get(kind + ".context_length"));
    put(json, "chat_template", header.notes().get("tokenizer.chat_template"));
    put(json, "quantize_imatrix_file", header.notes().get("quantize.imatrix.file"));
    return json;
  }

  private static void put(ObjectNode json, String name, @Nullable Object value) {
    switch (value) {
      case String text when !text.isEmpty() -> json.put(name, text);
      case Long number -> json.put(name, number);
      case null, default -> {} // nothing that clients would expect here
    }
  }
}
