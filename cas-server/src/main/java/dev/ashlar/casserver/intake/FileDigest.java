package dev.ashlar.casserver.intake;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.manifest.ByteRange;
import dev.ashlar.core.manifest.FileManifest;
import dev.ashlar.core.manifest.Term;
import dev.ashlar.reconstruction.Assembler;
import dev.ashlar.reconstruction.ReconstructionPlan;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.function.LongConsumer;

/** Computes the SHA-256 of a stored file from its bytes, which are read back for it. */
final class FileDigest {
  private static final int BLOCK_BYTES = 512 << 10;

  private final MessageDigest digest = sha256();
  private final ShardWork work;
  private final LongConsumer hashed;

  /** {@code hashed} hears the number of bytes of each block. */
  FileDigest(ShardWork work, LongConsumer hashed) {
    this.work = work;
    this.hashed = hashed;
  }

  /** Adds the bytes of the file's next terms. */
  void add(MerkleHash file, List<Term> terms, UsedXorbs xorbs) throws IOException {
    var part = new FileManifest(file, terms);
    var whole = new ByteRange(0, part.bytes());
    try (var out = new BufferedOutputStream(new Blocks(), BLOCK_BYTES)) {
      new Assembler(xorbs::open, xorbs::index)
          .write(ReconstructionPlan.of(part, whole, xorbs::index), out);
    }
  }

  /** The digest of all that was added. */
  Sha256 value() {
    return Sha256.of(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private final class Blocks extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      work.progress().requireListener();
      work.cpu()
          .run(
              () -> {
                digest.update(bytes, offset, length);
                return length;
              });
      hashed.accept(length);
    }
  }
}
