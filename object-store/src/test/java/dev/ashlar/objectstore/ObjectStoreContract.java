package dev.ashlar.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.core.manifest.ByteRange;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every object store promises; a store's test class extends this one. */
public abstract class ObjectStoreContract {
  @TempDir Path folder;
  private Staging staging = new Staging(Path.of("unset"));
  private ObjectStore store = new MemoryStore();

  /** An empty store; staged files lie in {@code staging}, on the filesystem of {@code folder}. */
  protected abstract ObjectStore open(Path folder, Staging staging) throws IOException;

  @BeforeEach
  void openStore() throws IOException {
    staging = new Staging(Files.createDirectories(folder.resolve("staging")));
    store = open(folder, staging);
  }

  @Test
  void givenAPublishedObject_whenReadWholeOrInPart_thenTheBytesAreTheStagedOnes()
      throws IOException {
    long seed = 4711;
    var bytes = new byte[300_000];
    new Random(seed).nextBytes(bytes);
    var key = publish(bytes);

    try (var in = store.open(key, new ByteRange(0, bytes.length))) {
      assertThat(in.readAllBytes()).as("seed " + seed).isEqualTo(bytes);
    }
    var part = new byte[1_002];
    store.read(key, new ByteRange(99_999, 100_999), part, 1);
    assertThat(part).startsWith(0, bytes[99_999]).endsWith(bytes[100_998], (byte) 0);
    assertThat(store.bytes(key)).hasValue(bytes.length);
  }

  @Test
  void givenAStagedFile_whenItIsPublished_thenItIsConsumed() throws IOException {
    var staged = staged("x");

    store.publish(ObjectKey.fresh("xorb"), staged);

    assertThat(staged).doesNotExist();
  }

  @Test
  void givenAKeyInUse_whenPublishedAgain_thenItFailsAndTheFirstBytesStay() throws IOException {
    var key = publish("first".getBytes(StandardCharsets.UTF_8));
    var second = staged("second");

    assertThatThrownBy(() -> store.publish(key, second))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(read(key, new ByteRange(0, 5))).isEqualTo("first");
    assertThat(second).exists();
  }

  @Test
  void givenTenWritersOfOneKey_whenTheyPublishAtOnce_thenExactlyOneSucceeds() throws Exception {
    var key = ObjectKey.fresh("xorb");
    var won = new AtomicInteger();
    var tries = new ArrayList<Callable<Void>>();
    for (int i = 0; i < 10; i++) {
      var staged = staged("writer " + i);
      tries.add(
          () -> {
            try {
              store.publish(key, staged);
              won.incrementAndGet();
            } catch (FileAlreadyExistsException _) {
              // the others
            }
            return null;
          });
    }
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var result : pool.invokeAll(tries)) {
        result.get();
      }
    }

    assertThat(won).hasValue(1);
    assertThat(read(key, new ByteRange(0, 8))).startsWith("writer ");
  }

  @Test
  void givenNoObject_whenRead_thenItIsMissing() throws IOException {
    var key = ObjectKey.fresh("xorb");

    assertThat(store.bytes(key)).isEmpty();
    assertThatThrownBy(() -> store.open(key, new ByteRange(0, 1)).close())
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> store.read(key, new ByteRange(0, 1), new byte[1], 0))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void givenARangeBeyondTheEnd_whenRead_thenItFailsRatherThanEndEarly() throws IOException {
    var key = publish("12345".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> store.open(key, new ByteRange(3, 6)).close())
        .isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> store.read(key, new ByteRange(3, 6), new byte[3], 0))
        .isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> store.read(key, new ByteRange(6, 6), new byte[0], 0))
        .isInstanceOf(EOFException.class);
  }

  @Test
  void givenAnEmptyRange_whenRead_thenThereIsNothingAndNoFailure() throws IOException {
    var key = publish("12345".getBytes(StandardCharsets.UTF_8));

    assertThat(read(key, new ByteRange(2, 2))).isEmpty();
    assertThat(read(key, new ByteRange(5, 5))).isEmpty();
  }

  @Test
  void givenAnEmptyObject_whenPublished_thenItExistsWithNoBytes() throws IOException {
    var key = publish(new byte[0]);

    assertThat(store.bytes(key)).hasValue(0);
  }

  @Test
  void givenADeletedObject_whenDeletedAgain_thenNothingHappens() throws IOException {
    var key = publish("x".getBytes(StandardCharsets.UTF_8));

    store.delete(key);
    store.delete(key);

    assertThat(store.bytes(key)).isEmpty();
  }

  @Test
  void givenSomeObjects_whenListed_thenExactlyTheirKeysCome() throws IOException {
    var one = publish("1".getBytes(StandardCharsets.UTF_8));
    var two = publish("2".getBytes(StandardCharsets.UTF_8));
    var gone = publish("3".getBytes(StandardCharsets.UTF_8));
    store.delete(gone);

    try (var keys = store.keys()) {
      assertThat(keys).containsExactlyInAnyOrder(one, two);
    }
  }

  private ObjectKey publish(byte[] bytes) throws IOException {
    var key = ObjectKey.fresh("xorb");
    store.publish(key, Files.write(staging.newFile(), bytes));
    return key;
  }

  private Path staged(String text) throws IOException {
    return Files.writeString(staging.newFile(), text);
  }

  private String read(ObjectKey key, ByteRange range) throws IOException {
    try (var in = store.open(key, range)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
