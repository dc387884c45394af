package dev.ashlar.casserver.intake;

import dev.ashlar.casserver.dedup.StoredChunks;
import dev.ashlar.metadata.Authority;
import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.ReadableRepos;
import dev.ashlar.metadata.UploadIntents;
import dev.ashlar.objectstore.ObjectStore;
import dev.ashlar.objectstore.Staging;
import dev.ashlar.objectstore.StoredXorbs;
import java.time.InstantSource;

/** The three ways in, over one store: xorbs, shards and whole files. */
public record Intake(XorbIntake xorbs, ShardIntake shards, FileIntake files) {

  /** Builds them over the same publisher and registry. */
  public static Intake of(
      Database database,
      ObjectStore objects,
      StoredXorbs store,
      Staging staging,
      ReadableRepos readable,
      Authority authority,
      InstantSource clock,
      CpuPool cpu,
      ShardLimits limits,
      StoredChunks chunks) {
    var intents = new UploadIntents(database);
    var publisher = new XorbPublisher(database, objects, staging, intents, chunks);
    var registry = new FileRegistry(database, authority, clock, chunks);
    return new Intake(
        new XorbIntake(publisher, cpu),
        new ShardIntake(database, store, staging, readable, cpu, registry, limits),
        new FileIntake(database, store, readable, publisher, registry, cpu, chunks));
  }
}
