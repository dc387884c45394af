package dev.ashlar.bench;

import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.DatabaseConfig;
import dev.ashlar.metadata.Migrations;
import dev.ashlar.metadata.postgres.EmbeddedPostgres;
import dev.ashlar.metadata.postgres.FolderLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Fills the content tables with the metadata of 10 TB of unique bytes and prints how large the
 * database grew per TB.
 *
 * <p>The mix: xorbs of 62.5 MB (16,000 a TB), each uploaded by one caller; half the bytes in files
 * of 5 GB, half in files of 50 MB; a term for every 4 xorb runs of a large file's xorb, two terms
 * for a small file; one repository holds each file; one chunk in 1,024 and the first chunk of each
 * file are in the dedup index.
 */
final class DatabaseBytes {
  private static final int TERABYTES = 10;
  private static final double TARGET_MB_PER_TB = 35;

  private static final List<String> FILL =
      List.of(
          """
          INSERT INTO xorb (hash, state, storage_key, body_bytes, raw_bytes, chunks, protected_until)
          SELECT sha256(('x' || i)::bytea), 'READY',
                 'xorb/' || substr(md5(i::text), 1, 2) || '/' || md5(i::text),
                 62500000, 62500000, 1000, now() + interval '28 days'
            FROM generate_series(1, 160000) i
          """,
          """
          INSERT INTO xorb_grant (xorb_id, caller_id, kind) SELECT id, 7, 'UPLOADED' FROM xorb
          """,
          """
          INSERT INTO file (hash, size_bytes, sha256)
          SELECT sha256(('f' || i)::bytea),
                 CASE WHEN i <= 1000 THEN 5000000000 ELSE 50000000 END,
                 sha256(('s' || i)::bytea)
            FROM generate_series(1, 101000) i
          """,
          """
          INSERT INTO file_terms (file_id, terms)
          SELECT id, decode(repeat(encode(hash, 'hex') || repeat('00', 16),
                     CASE WHEN size_bytes > 1000000000 THEN 320 ELSE 2 END), 'hex')
            FROM file
          """,
          """
          INSERT INTO file_xorb (file_id, xorb_id)
          SELECT (i - 1) / 80 + 1, i FROM generate_series(1, 80000) i
          """,
          """
          INSERT INTO file_xorb (file_id, xorb_id)
          SELECT 1000 + i, 80001 + (i - 1) * 8 / 10 FROM generate_series(1, 100000) i
          """,
          """
          INSERT INTO file_grant (repo_id, file_id, kind) SELECT id / 10, id, 'COMMITTED' FROM file
          """,
          """
          INSERT INTO dedup_chunk (chunk_hash, xorb_id)
          SELECT sha256(('c' || id)::bytea), id FROM xorb
          """,
          """
          INSERT INTO dedup_chunk (chunk_hash, xorb_id)
          SELECT sha256(('d' || f.id)::bytea), min(u.xorb_id)
            FROM file f JOIN file_xorb u ON u.file_id = f.id GROUP BY f.id
          """);

  private DatabaseBytes() {}

  /** Takes a minute; the argument is an empty folder. */
  public static void main(String[] arguments) throws IOException {
    var folder =
        arguments.length == 1 ? Path.of(arguments[0]) : Files.createTempDirectory("ashlar-bench");
    try (var lock = FolderLock.acquire(folder);
        var postgres = EmbeddedPostgres.start(lock, () -> {})) {
      Migrations.apply(postgres.connection());
      measure(postgres.connection());
    }
  }

  private static void measure(DatabaseConfig config) {
    try (var database = Database.open(config)) {
      long before = bytes(database);
      for (var statement : FILL) {
        database.change(tx -> tx.dml(statement));
      }
      double perTerabyte = (bytes(database) - before) / 1e6 / TERABYTES;
      System.out.printf(
          "database per TB of unique bytes\t%.1f\tMB\t%.0f\t%s%n",
          perTerabyte, TARGET_MB_PER_TB, perTerabyte <= TARGET_MB_PER_TB ? "met" : "missed");
    }
  }

  private static long bytes(Database database) {
    return database.read(
        db ->
            db.query("SELECT pg_database_size(current_database()) AS bytes")
                .map(row -> row.column("bytes").as(Long.class).get())
                .findFirst()
                .orElseThrow());
  }
}
