package dev.ashlar.hub.discussion;

import static dev.ashlar.metadata.Columns.textOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.TestDatabase;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The list of a repository with 20,000 discussions: which way PostgreSQL takes. */
class DiscussionPlansTest {
  private static final String NAMESPACE =
      "INSERT INTO hub_namespace (kind, name) VALUES ('org', 'busy')";
  private static final String REPO =
      """
      INSERT INTO hub_repo (id, type, namespace_id, name, visibility, created_by, created_at,
                            last_modified_at)
      OVERRIDING SYSTEM VALUE
      SELECT 7, 'model', id, 'm', 'public', 1, now(), now() FROM hub_namespace
      """;
  private static final String DISCUSSIONS =
      """
      INSERT INTO hub_discussion (repo_id, num, title, status, is_pull, created_at, pinned)
      SELECT 7, i, 'title ' || i, 'open', false, now(), i % 4000 = 0
        FROM generate_series(1, 20000) i
      """;

  private static Database database;

  @BeforeAll
  static void fill() {
    database = TestDatabase.open();
    database.change(
        tx -> {
          tx.dml(NAMESPACE);
          tx.dml(REPO);
          tx.dml(DISCUSSIONS);
          tx.dml("ANALYZE hub_discussion, hub_namespace, hub_repo");
        });
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void givenManyDiscussions_whenAPageIsListed_thenItsIndexGivesTheOrder() {
    var list = new DiscussionList(7, "all", List.of("open"), "");

    var plan =
        database.read(
            db ->
                list.listing(db, "EXPLAIN ", 0, 10)
                    .execute()
                    .map(row -> textOf(row, "QUERY PLAN"))
                    .collect(Collectors.joining("\n")));
    var page = database.read(db -> list.page(db, 0, 10));

    assertThat(plan).as(plan).contains("hub_discussion_shown").doesNotContain("Sort");
    assertThat(page)
        .extracting(Discussion::num)
        .containsExactly(20000, 16000, 12000, 8000, 4000, 19999, 19998, 19997, 19996, 19995);
  }
}
