package dev.ashlar.objectstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.core.manifest.ByteRange;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class FileStoreTest extends ObjectStoreContract {
  @Override
  protected ObjectStore open(Path folder, Staging staging) throws IOException {
    return FileStore.open(folder.resolve("objects"), staging);
  }

  @Test
  void givenAStore_whenItIsOpenedAgain_thenTheObjectsAreThereAndTheProbeIsGone()
      throws IOException {
    var staging = new Staging(folder.resolve("staging"));
    var key = ObjectKey.fresh("pack");
    open(folder, staging).publish(key, Files.writeString(staging.newFile(), "kept"));

    var again = open(folder, staging);

    try (var keys = again.keys();
        var staged = Files.list(staging.folder())) {
      assertThat(keys).containsExactly(key);
      assertThat(staged).isEmpty();
    }
  }

  @Test
  void givenAFolderOfAnotherProcess_whenItIsOpenedForReading_thenObjectsAreReadAndNothingIsMade()
      throws IOException {
    var staging = new Staging(folder.resolve("staging"));
    var key = ObjectKey.fresh("pack");
    open(folder, staging).publish(key, Files.writeString(staging.newFile(), "kept"));
    Files.delete(staging.folder());

    var reader = FileStore.forReading(folder.resolve("objects"));

    try (var in = reader.open(key, new ByteRange(0, 4))) {
      assertThat(in.readAllBytes()).asString().isEqualTo("kept");
    }
    assertThat(staging.folder()).doesNotExist();
    assertThatThrownBy(() -> FileStore.forReading(folder.resolve("absent")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void givenForeignFilesInTheFolder_whenListed_thenTheyAreNoKeys() throws IOException {
    var store = open(folder, new Staging(folder.resolve("staging")));
    Files.createDirectories(folder.resolve("objects/lost+found/aa"));
    Files.writeString(folder.resolve("objects/lost+found/aa/note.txt"), "x");
    Files.writeString(folder.resolve("objects/README"), "x");

    try (var keys = store.keys()) {
      assertThat(keys).isEmpty();
    }
  }

  @Test
  void givenAnObjectCutWhileItIsRead_whenTheEndIsMet_thenTheStreamFails() throws IOException {
    var staging = new Staging(folder.resolve("staging"));
    var store = open(folder, staging);
    var key = ObjectKey.fresh("xorb");
    store.publish(key, Files.write(staging.newFile(), new byte[1000]));

    try (var in = store.open(key, new ByteRange(0, 1000))) {
      try (var file = new RandomAccessFile(path(key).toFile(), "rw")) {
        file.setLength(500);
      }
      assertThatThrownBy(in::readAllBytes).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void givenNoStagedFile_whenPublished_thenNothingAppears() throws IOException {
    var staging = new Staging(folder.resolve("staging"));
    var store = open(folder, staging);
    var key = ObjectKey.fresh("xorb");

    assertThatThrownBy(() -> store.publish(key, staging.folder().resolve("absent.part")))
        .isInstanceOf(IOException.class);
    assertThat(path(key)).doesNotExist();
  }

  private Path path(ObjectKey key) {
    return folder.resolve("objects").resolve(key.text());
  }
}
