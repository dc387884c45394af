package dev.ashlar.hub.repo;

import static dev.ashlar.metadata.Columns.textOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.hub.account.Caller;
import dev.ashlar.metadata.Database;
import dev.ashlar.metadata.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lists of a hub with 100,000 repositories: which way PostgreSQL takes, and how long. */
class ListPlansTest {
  private static final String NAMESPACES =
      """
      INSERT INTO hub_namespace (kind, name)
      SELECT 'org', 'org' || i FROM generate_series(1, 500) i
      """;
  private static final String REPOS =
      """
      INSERT INTO hub_repo (type, namespace_id, name, visibility, created_by, created_at,
                            last_modified_at, tags, pipeline_tag, downloads, likes, likes_month,
                            parameters, main_bytes)
      SELECT 'model', n.id, 'model-' || i, CASE WHEN i % 10 = 0 THEN 'private' ELSE 'public' END,
             1, now() - i * interval '1 minute', now() - i * interval '1 second',
             ARRAY['region:us', 'tag' || i % 1000, 'rare' || i / 50, 'task' || i % 40],
             'task' || i % 40, i % 977, i % 31, i % 7,
             i % 1013, i % 499
        FROM generate_series(1, 100000) i
        JOIN hub_namespace n ON n.name = 'org' || (i / 10 % 500 + 1)
      """;

  private static Database database;

  @BeforeAll
  static void fill() {
    database = TestDatabase.open();
    database.change(
        tx -> {
          tx.dml(NAMESPACES);
          tx.dml(REPOS);
          tx.dml("ANALYZE hub_repo, hub_namespace");
        });
  }

  @AfterAll
  static void close() {
    database.close();
  }

  private static ListQuery query(
      RepoOrder order, String author, List<String> search, List<String> tags, String task) {
    return new ListQuery(
        RepoType.MODEL,
        new Caller.Anonymous(),
        author,
        search,
        tags,
        task,
        "",
        ParameterRange.ANY,
        order,
        false,
        order.start(),
        1001,
        false);
  }

  /** The fastest of several runs, as the machine may be busy. */
  private static long milliseconds(ListQuery query, int expected) {
    long best = Long.MAX_VALUE;
    for (int round = 0; round < 8; round++) {
      long began = System.nanoTime();
      List<Repo> found = database.read(db -> Repos.list(db, query));
      assertThat(found).hasSize(expected);
      best = Math.min(best, System.nanoTime() - began);
    }
    return best / 1_000_000;
  }

  private static String plan(ListQuery query) {
    return database.read(
        db ->
            Repos.listing(db, "EXPLAIN ", query)
                .execute()
                .map(row -> textOf(row, "QUERY PLAN"))
                .collect(Collectors.joining("\n")));
  }

  @ParameterizedTest
  @EnumSource
  void givenAnyOrder_whenAPageIsListed_thenItsIndexGivesIt(RepoOrder order) {
    var query = query(order, "", List.of(), List.of(), "");

    assertThat(plan(query)).contains("Index Scan").doesNotContain("Seq Scan on hub_repo");
    for (int round = 0; round < 12; round++) {
      var other = query(order, "org9", List.of(), List.of("rare1"), "task3");
      assertThat(database.<List<Repo>>read(db -> Repos.list(db, other))).hasSizeLessThan(50);
    }
    assertThat(milliseconds(query, 1001)).as("no plan made for others").isLessThan(250);
  }

  @ParameterizedTest
  @EnumSource
  void givenAnyOrder_whenItRises_thenItsIndexGivesItToo(RepoOrder order) {
    var falls = query(order, "", List.of(), List.of(), "");
    var rises =
        new ListQuery(
            falls.type(),
            falls.caller(),
            "",
            List.of(),
            List.of(),
            "",
            "",
            new ParameterRange(1, 500),
            order,
            true,
            order.start(true),
            1001,
            false);

    assertThat(plan(rises)).contains("Index Scan Backward").doesNotContain("Seq Scan on hub_repo");
    assertThat(milliseconds(rises, 1001)).isLessThan(500);
  }

  @Test
  void givenATagOrATask_whenListed_thenNotAllRepositoriesAreRead() {
    var rare = query(RepoOrder.CREATED, "", List.of(), List.of("rare7"), "");
    var common = query(RepoOrder.LIKES, "", List.of(), List.of("task7"), "task7");

    assertThat(plan(rare)).contains("hub_repo_tags");
    assertThat(milliseconds(rare, 45)).isLessThan(100);
    assertThat(milliseconds(common, 1001)).isLessThan(300);
  }

  @Test
  void givenAnAuthor_whenListed_thenOnlyTheNamespaceIsRead() {
    var query = query(RepoOrder.MODIFIED, "ORG7", List.of(), List.of(), "");

    assertThat(plan(query)).contains("hub_repo_name").doesNotContain("Seq Scan on hub_repo");
    assertThat(milliseconds(query, 180)).isLessThan(100);
  }

  @Test
  void givenAWord_whenSearched_thenItTakesNoSecond() {
    assertThat(milliseconds(query(RepoOrder.CREATED, "", List.of("el-9"), List.of(), ""), 1001))
        .isLessThan(1000);
    assertThat(milliseconds(query(RepoOrder.CREATED, "", List.of("-77777"), List.of(), ""), 1))
        .isLessThan(1500);
  }

  @ParameterizedTest
  @EnumSource
  void givenInsertsBetweenPages_whenFollowed_thenNothingComesTwiceOrIsLeftOut(RepoOrder order) {
    var seen = new ArrayList<Long>();
    var after = order.start();
    for (int page = 0; page < 18; page++) {
      var first = query(order, "org3", List.of(), List.of(), "");
      var query =
          new ListQuery(
              first.type(),
              first.caller(),
              first.author(),
              first.search(),
              first.tags(),
              "",
              "",
              ParameterRange.ANY,
              order,
              false,
              after,
              10,
              false);
      var found = database.read(db -> Repos.list(db, query));
      found.forEach(repo -> seen.add(repo.id()));
      after = order.position(found.getLast());
      database.change(
          tx ->
              tx.dml(
                  """
                  INSERT INTO hub_repo (type, namespace_id, name, visibility, created_by,
                                        created_at, last_modified_at, downloads, likes,
                                        likes_month, parameters, main_bytes)
                  SELECT 'model', id, gen_random_uuid(), 'private', 1, now(), now(),
                         floor(random() * 900), floor(random() * 30), floor(random() * 6),
                         floor(random() * 1000), floor(random() * 400)
                    FROM hub_namespace WHERE name = 'org3'
                  """));
    }

    assertThat(seen).doesNotHaveDuplicates().hasSize(180);
  }
}
