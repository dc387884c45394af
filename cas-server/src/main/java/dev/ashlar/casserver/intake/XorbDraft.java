package dev.ashlar.casserver.intake;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.xorb.XorbFooter;
import dev.ashlar.core.xorb.XorbIndex;
import dev.ashlar.metadata.UploadIntents;
import dev.ashlar.objectstore.ObjectKey;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A xorb on its way into the store: a key that is recorded already, and a staged file that becomes
 * the object. Closing it unsettled removes the file and hands the key to the collector.
 */
final class XorbDraft implements AutoCloseable {
  private final ObjectKey key;
  private final Path file;
  private final UploadIntents intents;
  private final WriteBehind body;
  private boolean settled;

  XorbDraft(ObjectKey key, Path file, UploadIntents intents) throws IOException {
    this.key = key;
    this.file = file;
    this.intents = intents;
    this.body = new WriteBehind(file);
  }

  ObjectKey key() {
    return key;
  }

  Path file() {
    return file;
  }

  void append(byte[] bytes, int offset, int length) throws IOException {
    body.append(bytes, offset, length);
  }

  /** A stream into {@link #append}. */
  OutputStream out() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        append(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        append(bytes, offset, length);
      }
    };
  }

  /** Appends our footer to the body. */
  void seal(MerkleHash hash, XorbIndex index) throws IOException {
    if (body.bytes() != index.bodyBytes()) {
      throw new IllegalStateException("the staged body is not the one that was indexed");
    }
    var footer = XorbFooter.write(hash, index);
    append(footer, 0, footer.length);
  }

  /** Its transaction is through: the intent is gone, and the key is somebody's. */
  void settle() {
    settled = true;
  }

  @Override
  public void close() throws IOException {
    body.close();
    Files.deleteIfExists(file);
    if (!settled) {
      settled = true;
      intents.abandon(key.text());
    }
  }
}
