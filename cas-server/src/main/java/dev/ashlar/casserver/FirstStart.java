package dev.ashlar.casserver;

import dev.ashlar.hub.account.Accounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Makes the administrator of a fresh installation and leaves the first token in a private file. */
final class FirstStart {
  private static final String ADMIN = "admin";

  private FirstStart() {}

  /** Does nothing when there are users already. */
  static void run(Path data, Accounts accounts) throws IOException {
    try {
      accounts.firstAdmin(ADMIN, token -> keep(data.resolve("admin.token"), token));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Written whole under another name first: a token file is there with its token or not at all. */
  private static void keep(Path file, String token) {
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try {
      var draft = Files.createTempFile(file.getParent(), "admin.token.", ".new", ownerOnly);
      Files.writeString(
          draft,
          token + "\n",
          StandardCharsets.US_ASCII,
          StandardOpenOption.WRITE,
          StandardOpenOption.SYNC);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
