package dev.ashlar.casserver.lfs;

import dev.ashlar.core.fault.CrashPoints;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.problem.Problem.Unprocessable;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.core.token.PartUrls;
import dev.ashlar.core.token.PartUrls.PartUrl;
import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.LfsUploads;
import dev.ashlar.metadata.LfsUploads.Part;
import dev.ashlar.metadata.UploadIntents;
import dev.ashlar.objectstore.ObjectKey;
import dev.ashlar.objectstore.ObjectStore;
import dev.ashlar.objectstore.Staging;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/**
 * Stores single parts of objects: an intent, the bytes under a key that was never used, then one
 * transaction that notes the part. In whichever order they come, and as often: the last one counts.
 */
final class PartIntake {
  private static final String KEY_KIND = "part";
  private static final int BLOCK_BYTES = 256 << 10;

  private final Database database;
  private final ObjectStore objects;
  private final Staging staging;
  private final UploadIntents intents;

  PartIntake(Database database, ObjectStore objects, Staging staging) {
    this.database = database;
    this.objects = objects;
    this.staging = staging;
    this.intents = new UploadIntents(database);
  }

  /** Takes the bytes of a part; the digest is what its sender names it by later. */
  Sha256 take(PartUrl part, InputStream body) throws IOException {
    var key = ObjectKey.fresh(KEY_KIND);
    intents.open(key.text(), UploadIntents.Kind.LFS_PART, PartUrls.LIFETIME);
    var file = staging.newFile();
    try {
      var digest = spool(part, body, file);
      objects.publish(key, file);
      CrashPoints.pass("part.published");
      var stored = new Part(part.number(), key.text(), part.bytes(), digest);
      database.change(
          tx -> {
            intents.close(tx, key.text());
            LfsUploads.put(tx, part.object(), stored, PartUrls.LIFETIME);
          });
      return digest;
    } catch (IOException | RuntimeException | Error e) {
      Files.deleteIfExists(file);
      intents.abandon(key.text());
      throw e;
    }
  }

  private static Sha256 spool(PartUrl part, InputStream body, Path file) throws IOException {
    var digest = Sha256.begin();
    long bytes = 0;
    try (var out = Files.newOutputStream(file)) {
      bytes = copy(body, out, digest);
    }
    if (bytes != part.bytes()) {
      throw wrongLength(part, bytes);
    }
    return Sha256.of(digest.digest());
  }

  private static long copy(InputStream body, OutputStream out, MessageDigest digest)
      throws IOException {
    var block = new byte[BLOCK_BYTES];
    long bytes = 0;
    for (int n = body.read(block); n >= 0; n = body.read(block)) {
      digest.update(block, 0, n);
      out.write(block, 0, n);
      bytes += n;
    }
    return bytes;
  }

  static ProblemException wrongLength(PartUrl part, long bytes) {
    return new ProblemException(
        new Unprocessable(
            "part " + part.number(), "it has " + bytes + " bytes, not " + part.bytes()));
  }
}
