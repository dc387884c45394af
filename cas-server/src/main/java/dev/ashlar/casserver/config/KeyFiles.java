package dev.ashlar.casserver.config;

import dev.ashlar.core.token.KeyRing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/**
 * The keys of an installation: one file a purpose in {@code DIR/keys}, readable by its owner alone,
 * one key of 64 hex digits a line. The first line signs; older lines below it are still accepted.
 */
public record KeyFiles(Path folder) {
  /** Signs URLs of xorb ranges, files and uploads; the only key that a gateway needs. */
  public static final String SIGNED_URLS = "signed-urls";

  /** Signs the tokens of the Xet protocol. */
  public static final String XET_TOKENS = "xet-tokens";

  /** Hides access tokens in the database. */
  public static final String TOKEN_PEPPER = "token-pepper";

  /** Names chunks in dedup answers, and callers in CAS addresses. */
  public static final String DEDUP = "dedup";

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  /** The ring of a purpose; the first call on a fresh folder makes its key. */
  public KeyRing ring(String purpose) throws IOException {
    var file = folder.resolve(purpose);
    if (!Files.exists(file)) {
      make(file);
    }
    return read(file);
  }

  /** The ring of a purpose that must exist already. */
  public KeyRing existing(String purpose) throws IOException {
    var file = folder.resolve(purpose);
    if (!Files.exists(file)) {
      throw new BadConfiguration("The key file " + file + " is missing.");
    }
    return read(file);
  }

  private static KeyRing read(Path file) throws IOException {
    try {
      return KeyRing.parse(Files.readString(file, StandardCharsets.US_ASCII));
    } catch (IllegalArgumentException _) {
      throw new BadConfiguration("The key file " + file + " must hold 64 hex digits a line.");
    }
  }

  /** Makes the key durable under a temporary name first: a key that signed must not be lost. */
  private void make(Path file) throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    var key = new byte[KeyRing.KEY_BYTES];
    new SecureRandom().nextBytes(key);
    var text = HexFormat.of().formatHex(key) + "\n";
    var draft =
        Files.createTempFile(
            folder,
            file.getFileName() + ".",
            ".new",
            PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    try {
      Files.writeString(
          draft,
          text,
          StandardCharsets.US_ASCII,
          StandardOpenOption.WRITE,
          StandardOpenOption.SYNC);
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException _) {
      // another process of this installation was faster: its key is the one
    } finally {
      Files.delete(draft);
    }
  }
}
