package dev.ashlar.metadata.postgres;

import dev.ashlar.metadata.DatabaseConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/** The files of the database in {@code DIR/postgres/data}: made once, whole or not at all. */
final class Cluster {
  static final String USER = "ashlar";
  static final String DATABASE = "ashlar";

  private static final int PASSWORD_BYTES = 24;

  private final Path folder;
  private final Path home;
  private final Path binaries;
  private final Launcher launcher;

  Cluster(Path folder, Path home, Path binaries, Launcher launcher) {
    this.folder = folder;
    this.home = home;
    this.binaries = binaries;
    this.launcher = launcher;
  }

  Path data() {
    return home.resolve("data");
  }

  /** Makes the cluster if there is none, and returns the password that opens it. */
  String password() {
    if (!Files.isDirectory(data())) {
      return make();
    }
    return ConnectionFile.read(folder).map(DatabaseConfig::password).orElseGet(this::newPassword);
  }

  private String make() {
    String password = random();
    Path part = home.resolve("data.part");
    Path secret = home.resolve("password");
    PrivateFiles.delete(part);
    PrivateFiles.write(secret, password);
    launcher.own(secret);
    try {
      launcher.run(
          List.of(
              program("initdb"),
              "--pgdata=" + part,
              "--username=" + USER,
              "--pwfile=" + secret,
              "--auth=scram-sha-256",
              "--encoding=UTF8",
              "--locale-provider=builtin",
              "--builtin-locale=C.UTF-8",
              "--locale=C",
              "--data-checksums",
              "--no-instructions"),
          "");
      alone(part, "CREATE DATABASE " + DATABASE);
      remember(password);
      Files.move(part, data(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failed) {
      throw new PostgresFailed("The database cannot be made in " + data() + ".", failed);
    } finally {
      PrivateFiles.delete(secret);
    }
    return password;
  }

  /** Without {@code postgres.json} nobody knows the password: the owner of the files sets one. */
  private String newPassword() {
    String password = random();
    alone(data(), "ALTER USER " + USER + " PASSWORD '" + password + "'");
    remember(password);
    return password;
  }

  /** The password must be on disk before the cluster is; the port follows at each start. */
  private void remember(String password) {
    ConnectionFile.write(
        folder, new DatabaseConfig("jdbc:postgresql://127.0.0.1:1/" + DATABASE, USER, password));
  }

  private void alone(Path data, String statement) {
    launcher.run(
        List.of(program("postgres"), "--single", "-j", "-D", data.toString(), "postgres"),
        statement + ";\n\n");
  }

  private String program(String name) {
    return binaries.resolve("bin").resolve(name).toString();
  }

  private static String random() {
    var bytes = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
