package dev.ashlar.casserver.intake;

import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.manifest.ByteRange;
import dev.ashlar.core.manifest.FileManifest;
import dev.ashlar.reconstruction.Assembler;
import dev.ashlar.reconstruction.ReconstructionPlan;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.LongConsumer;

/** Computes the SHA-256 of a stored file from its bytes, which are read back for it. */
final class FileDigest {
  private static final int BLOCK_BYTES = 512 << 10;

  private final CpuPool cpu;
  private final UsedXorbs xorbs;

  FileDigest(CpuPool cpu, UsedXorbs xorbs) {
    this.cpu = cpu;
    this.xorbs = xorbs;
  }

  /** The digest; {@code hashed} hears the number of bytes of each block. */
  Sha256 of(FileManifest manifest, LongConsumer hashed) throws IOException {
    var digest = sha256();
    var whole = new ByteRange(0, manifest.bytes());
    try (var out = new BufferedOutputStream(new Blocks(digest, hashed), BLOCK_BYTES)) {
      new Assembler(xorbs::open, xorbs::index)
          .write(ReconstructionPlan.of(manifest, whole, xorbs::index), out);
    }
    return Sha256.of(digest.digest());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private final class Blocks extends OutputStream {
    private final MessageDigest digest;
    private final LongConsumer hashed;

    Blocks(MessageDigest digest, LongConsumer hashed) {
      this.digest = digest;
      this.hashed = hashed;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      cpu.run(
          () -> {
            digest.update(bytes, offset, length);
            return length;
          });
      hashed.accept(length);
    }
  }
}
