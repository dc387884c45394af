package dev.ashlar.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The budget of the database: at most 35 MB for a terabyte of unique bytes. */
class SizeTest {
  private static final long BUDGET_BYTES = 35_000_000;

  /**
   * A terabyte: 16,000 xorbs, ten terms on each, in files of forty terms; one caller has uploaded
   * all, one repository holds all, each xorb has one eligible chunk and each file another.
   */
  private static final String XORBS =
      """
      insert into xorb (hash, state, storage_key, body_bytes, raw_bytes, chunks, protected_until)
      select sha256(cast('x' || i as bytea)), 'READY',
             'xorbs/' || substr(md5(cast(i as text)), 1, 2) || '/' || gen_random_uuid(),
             60000000, 64000000, 1000, now()
        from generate_series(1, 16000) i
      """;

  private static final String GRANTS =
      "insert into xorb_grant (xorb_id, caller_id, kind) select id, 1, 'UPLOADED' from xorb";

  private static final String FILES =
      """
      insert into file (hash, size_bytes, sha256)
      select sha256(cast('f' || i as bytea)), 250000000, sha256(cast('s' || i as bytea))
        from generate_series(1, 4000) i
      """;

  private static final String TERMS =
      """
      insert into file_terms (file_id, terms)
      select f.id, string_agg(sha256(cast(f.id || '.' || i as bytea))
                   || substr(sha256(cast('r' || i as bytea)), 1, 16), cast('' as bytea))
        from file f cross join generate_series(1, 40) i
       group by f.id
      """;

  private static final String USES =
      """
      insert into file_xorb (file_id, xorb_id)
      select f.id, (f.id * 4 + i * 37) % 16000 + 1 from file f cross join generate_series(1, 40) i
      """;

  private static final String HOLDS =
      "insert into file_grant (repo_id, file_id, kind) select 1, id, 'COMMITTED' from file";

  private static final String CHUNKS =
      """
      insert into dedup_chunk (chunk_hash, xorb_id)
      select sha256(cast('c' || i as bytea)), i % 16000 + 1 from generate_series(1, 20000) i
      """;

  private static final String BYTES =
      """
      select cast(sum(pg_total_relation_size(oid)) as bigint) as n from pg_class
       where relkind = 'r' and relname in
             ('xorb', 'xorb_grant', 'file', 'file_terms', 'file_xorb', 'file_grant', 'dedup_chunk')
      """;

  @Test
  void givenATerabyteAtTenTermsAXorb_whenMeasured_thenTheBudgetHolds() {
    try (var database = Database.open(TestDatabase.config())) {
      database.change(
          tx -> {
            for (var sql : new String[] {XORBS, GRANTS, FILES, TERMS, USES, HOLDS, CHUNKS}) {
              tx.dml(sql);
            }
          });

      long bytes = database.read(db -> Columns.longOf(db.get(BYTES).orElseThrow(), "n"));

      System.out.println("database bytes per TB: " + bytes);
      assertThat(bytes).isLessThan(BUDGET_BYTES);
    }
  }
}
