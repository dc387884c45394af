package dev.ashlar.casserver.intake;

import dev.ashlar.core.fault.CrashPoints;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.xorb.XorbFooter;
import dev.ashlar.core.xorb.XorbIndex;
import dev.ashlar.core.xorb.XorbReader;
import dev.ashlar.metadata.UploadIntents;
import dev.ashlar.objectstore.ObjectKey;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A xorb on its way into the store: a key that is recorded already, and a staged file that becomes
 * the object. Closing it unsettled removes the file and hands the key to the collector.
 */
final class XorbDraft implements AutoCloseable {
  private static final int BLOCK_BYTES = 256 << 10;

  private final ObjectKey key;
  private final Path file;
  private final UploadIntents intents;
  private final FileChannel channel;
  private boolean settled;

  XorbDraft(ObjectKey key, Path file, UploadIntents intents) throws IOException {
    this.key = key;
    this.file = file;
    this.intents = intents;
    this.channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  ObjectKey key() {
    return key;
  }

  Path file() {
    return file;
  }

  /** Takes a whole body to disk, at the sender's pace. */
  void fill(InputStream body) throws IOException {
    var block = new byte[BLOCK_BYTES];
    for (int n = body.read(block); n >= 0; n = body.read(block)) {
      append(block, 0, n);
    }
    CrashPoints.pass("xorb.body");
  }

  void append(byte[] bytes, int offset, int length) throws IOException {
    var block = ByteBuffer.wrap(bytes, offset, length);
    while (block.hasRemaining()) {
      channel.write(block);
    }
  }

  /** Decodes and hashes every chunk of what lies on disk. */
  XorbIndex verify(MerkleHash expected) throws IOException {
    try (var in = new BufferedInputStream(Files.newInputStream(file), BLOCK_BYTES)) {
      return XorbReader.verify(in, expected, OutputStream.nullOutputStream());
    }
  }

  /** Cuts off whatever the sender put behind the chunks and appends our own footer. */
  void seal(MerkleHash hash, XorbIndex index) throws IOException {
    channel.truncate(index.bodyBytes());
    channel.position(index.bodyBytes());
    var footer = XorbFooter.write(hash, index);
    append(footer, 0, footer.length);
    channel.close();
  }

  /** Its transaction is through: the intent is gone, and the key is somebody's. */
  void settle() {
    settled = true;
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(file);
    if (!settled) {
      settled = true;
      intents.abandon(key.text());
    }
  }
}
