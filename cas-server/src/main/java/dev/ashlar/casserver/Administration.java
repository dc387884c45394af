package dev.ashlar.casserver;

import dev.ashlar.casserver.config.BadConfiguration;
import dev.ashlar.casserver.config.KeyFiles;
import dev.ashlar.casserver.config.ServerConfig;
import dev.ashlar.hub.account.Accounts;
import dev.ashlar.hub.org.Orgs;
import dev.ashlar.hub.repo.TokenGrants;
import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.DatabaseConfig;
import dev.ashlar.metadata.postgres.ConnectionFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/** What the command line works on: the database and keys of an installation that runs. */
public final class Administration implements AutoCloseable {
  private static final int CONNECTIONS = 2;

  private final Database database;
  private final Accounts accounts;
  private final Orgs orgs;
  private final TokenGrants grants;

  private Administration(Database database, KeyFiles keys) throws IOException {
    this.database = database;
    this.accounts = new Accounts(database, keys.existing(KeyFiles.TOKEN_PEPPER));
    this.orgs = new Orgs(database);
    this.grants = new TokenGrants(database);
  }

  /** Connects to the configured database, or to the embedded one that a server has started. */
  public static Administration open(ServerConfig config) throws IOException {
    var keys = new KeyFiles(config.data().resolve("keys"));
    return new Administration(Database.open(databaseOf(config, CONNECTIONS)), keys);
  }

  /** How to reach the database of an installation whose server runs. */
  static DatabaseConfig databaseOf(ServerConfig config, int connections) throws IOException {
    if (config.database().isPresent()) {
      var external = config.database().get();
      var password =
          external.passwordFile().isPresent()
              ? Files.readString(external.passwordFile().get(), StandardCharsets.UTF_8).strip()
              : "";
      return new DatabaseConfig(external.url(), external.user(), password, connections);
    }
    var embedded =
        ConnectionFile.read(config.data())
            .orElseThrow(
                () ->
                    new BadConfiguration(
                        "No server has run on " + config.data() + ": start ./ashlar serve first."));
    return new DatabaseConfig(embedded.url(), embedded.user(), embedded.password(), connections);
  }

  /** Users and tokens. */
  public Accounts accounts() {
    return accounts;
  }

  /** Organisations. */
  public Orgs orgs() {
    return orgs;
  }

  /** The places of fine-grained tokens. */
  public TokenGrants grants() {
    return grants;
  }

  @Override
  public void close() {
    database.close();
  }
}
