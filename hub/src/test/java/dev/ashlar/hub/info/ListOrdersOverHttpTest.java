package dev.ashlar.hub.info;

import static dev.ashlar.hub.HubStand.header;
import static dev.ashlar.hub.HubStand.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.hub.HubStand;
import dev.ashlar.hub.account.TokenScope;
import dev.ashlar.metadata.Columns;
import dev.ashlar.metadata.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists by figures that are not on the card: parameters, likes of late, sizes. */
class ListOrdersOverHttpTest {
  @TempDir private static Path staging;
  private static HubStand stand;
  private static String ada;

  @BeforeAll
  static void open() {
    stand = new HubStand(staging);
    ada = stand.user("ada", TokenScope.WRITE);
    model("small", "model.safetensors", tensors(6_000));
    model("large", "model.safetensors", tensors(128_000_000_000L));
    model("quantized", "q4.gguf", gguf(6_001));
    model("unknown", "notes.txt", "aGk=");
  }

  @AfterAll
  static void close() {
    stand.close();
  }

  private static void model(String name, String file, String base64) {
    var files = List.of(Map.of("path", file, "content", base64, "encoding", "base64"));
    var answer =
        stand.sendJson("POST", "/api/repos/create", ada, Map.of("name", name, "files", files));
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  private static String tensors(long numbers) {
    var text =
        "{\"w\":{\"dtype\":\"F16\",\"shape\":[%d],\"data_offsets\":[0,2]}}".formatted(numbers);
    return base64(
        ByteBuffer.allocate(8 + text.length())
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(text.length())
            .put(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** One tensor called w, without notes. */
  private static String gguf(long numbers) {
    return base64(
        ByteBuffer.allocate(57)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put("GGUF".getBytes(StandardCharsets.US_ASCII))
            .putInt(3)
            .putLong(1)
            .putLong(0)
            .putLong(1)
            .put((byte) 'w')
            .putInt(1)
            .putLong(numbers)
            .putInt(0)
            .putLong(0));
  }

  private static String base64(ByteBuffer bytes) {
    return StandardCharsets.ISO_8859_1.decode(Base64.getEncoder().encode(bytes.flip())).toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "min:6K; large, quantized, small",
        "max:6K; small",
        "min:6K,max:6.001k; quantized, small",
        "max:6001,min:6001; quantized",
        "min:6.0005K; large, quantized",
        "min:0.128T; large",
        "min:0; large, quantized, small",
        "min:999999999999999T; ''",
        "''; large, quantized, small, unknown"
      })
  void givenARangeOfParameters_whenListed_thenBothBoundsAreIncluded(String range, String names) {
    var listed = stand.get("/api/models?author=ada&num_parameters=" + encoded(range), "");

    assertThat(listed.statusCode()).isEqualTo(200);
    assertThat(json(listed).findValuesAsText("id")).containsExactlyInAnyOrderElementsOf(ids(names));
  }

  private static List<String> ids(String names) {
    return names.isEmpty()
        ? List.of()
        : List.of(names.split(", ")).stream().map(name -> "ada/" + name).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "6B",
        "min:",
        "min:6G",
        "min:-1",
        "min:1e9",
        "min:6B,",
        ",max:6B",
        "min:6B,max:1B",
        "min:1,min:2",
        "max:1,max:2",
        "min:1,max:2,max:3",
        "min:6B max:7B",
        "min:٣B",
        "max:0"
      })
  void givenAMalformedRange_whenListed_thenTheRefusalNamesIt(String range) {
    var answer = stand.get("/api/models?num_parameters=" + encoded(range), "");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).path("error").asText())
        .startsWith("num_parameters: ")
        .contains("\"" + range + "\"");
    assertThat(stand.get("/api/datasets?num_parameters=" + encoded(range), "").statusCode())
        .as("said of models alone")
        .isEqualTo(200);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void givenModelsMadeBetweenPages_whenSortedByParameters_thenEachComesOnceInOrder() {
    stand.user("bob", TokenScope.WRITE);
    var seen = new ArrayList<String>();
    var path = "/api/models?author=ada&sort=num_parameters&limit=1";
    for (int pages = 0; !path.isEmpty() && pages < 10; pages++) {
      var answer = stand.get(path, "");
      seen.addAll(json(answer).findValuesAsText("id"));
      path = header(answer, "Link").replaceAll("<" + stand.base() + "([^>]*)>.*", "$1");
      if (pages == 1) {
        model("meanwhile", "model.safetensors", tensors(500_000_000_000L));
      }
    }
    stand.sendJson("DELETE", "/api/repos/delete", ada, Map.of("name", "meanwhile"));

    assertThat(seen).containsExactly("ada/large", "ada/quantized", "ada/small", "ada/unknown");
  }

  @Test
  void givenTheOldDirection_whenSorted_thenTheSmallestComesFirst() {
    var seen = new ArrayList<String>();
    var path = "/api/models?author=ada&sort=num_parameters&direction=1&limit=3";
    for (int pages = 0; !path.isEmpty() && pages < 10; pages++) {
      var answer = stand.get(path, "");
      seen.addAll(json(answer).findValuesAsText("id"));
      path = header(answer, "Link").replaceAll("<" + stand.base() + "([^>]*)>.*", "$1");
    }

    assertThat(seen).containsExactly("ada/unknown", "ada/small", "ada/quantized", "ada/large");
    assertThat(sorted("models", "createdAt&direction=1")).startsWith("ada/small", "ada/large");
    assertThat(sorted("models", "num_parameters&direction=-1")).startsWith("ada/large");
    assertThat(sorted("models", "id")).startsWith("ada/unknown").endsWith("ada/small");
  }

  @Test
  void givenWeightsThatGoOrAreDuplicated_whenListed_thenTheFigureFollows() {
    model("passing", "model.safetensors", tensors(77));
    stand.sendJson(
        "POST", "/api/models/ada/passing/duplicate", ada, Map.of("repository", "ada/passing-too"));
    assertThat(of77()).containsExactlyInAnyOrder("ada/passing", "ada/passing-too");
    var lines =
        stand.line("header", Map.of("summary", "away"))
            + "\n"
            + stand.line("deletedFile", Map.of("path", "model.safetensors"));

    var answer =
        stand.send(
            "POST",
            "/api/models/ada/passing/commit/main",
            lines.getBytes(StandardCharsets.UTF_8),
            "Authorization",
            "Bearer " + ada);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(of77()).containsExactly("ada/passing-too");
    for (var name : List.of("passing", "passing-too")) {
      stand.sendJson("DELETE", "/api/repos/delete", ada, Map.of("name", name));
    }
  }

  @Test
  void givenModelsOfBefore_whenTheSchemaLearnsOfParameters_thenTheirFactsAreReadAndRubbishIsNot() {
    var before = parameters();
    stand.create(ada, "model", "hostile");
    stand.database.change(
        tx -> {
          tx.update(
              "UPDATE hub_repo SET file_facts = ? WHERE name = 'hostile'",
              "{\"mask_token\":\"\\u0000\",\"safetensors\":{\"total\":5}}");
          tx.dml("UPDATE hub_repo SET parameters = 0");
        });

    stand.database.change(tx -> tx.dml(fillingIn()));

    assertThat(parameters()).containsAllEntriesOf(before).containsEntry("hostile", 0L);
    assertThat(before).containsEntry("small", 6_000L).containsEntry("quantized", 6_001L);
    stand.sendJson("DELETE", "/api/repos/delete", ada, Map.of("name", "hostile"));
  }

  private static String fillingIn() {
    try (var in = Database.class.getResourceAsStream("/db/migration/V11__hub_list_orders.sql")) {
      var sql = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return sql.substring(sql.indexOf("UPDATE"), sql.indexOf(';', sql.indexOf("UPDATE")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Long> parameters() {
    return stand.database.read(
        db ->
            db.query("SELECT name, parameters FROM hub_repo WHERE type = 'model'")
                .collect(
                    Collectors.toMap(
                        row -> Columns.textOf(row, "name"),
                        row -> Columns.longOf(row, "parameters"))));
  }

  private static List<String> of77() {
    return json(stand.get("/api/models?num_parameters=min:77,max:77", "")).findValuesAsText("id");
  }

  @Test
  void givenOldLikes_whenSortedByTheLastThirtyDays_thenTheyDoNotCount() {
    stand.create(ada, "space", "once");
    stand.create(ada, "space", "now");
    for (var name : List.of("once", "now")) {
      stand.sendJson("POST", "/api/spaces/ada/" + name + "/like", ada, Map.of());
    }
    var bob = stand.user("bob", TokenScope.WRITE);
    stand.sendJson("POST", "/api/spaces/ada/once/like", bob, Map.of());
    assertThat(sorted("spaces", "likes30d")).containsExactly("ada/once", "ada/now");
    stand.database.change(
        tx ->
            tx.update(
                """
                UPDATE hub_like SET liked_at = now() - interval '40 days'
                 WHERE repo_id = (SELECT id FROM hub_repo WHERE name = 'once')
                """));

    stand.hub.countDownloads();

    assertThat(sorted("spaces", "likes30d")).containsExactly("ada/now", "ada/once");
    assertThat(sorted("spaces", "likes")).containsExactly("ada/once", "ada/now");
  }

  @Test
  void givenDatasets_whenMeasured_thenTheLargestComesFirst() {
    for (var name : List.of("a-large", "b-small")) {
      stand.create(ada, "dataset", name);
    }
    var text = new StringBuilder();
    new Random(1).ints(20_000, 33, 126).forEach(c -> text.append((char) c));
    stand.commit("/api/datasets/ada/a-large", ada, "data.txt", text.toString());
    assertThat(sorted("datasets", "mainSize")).containsExactly("ada/b-small", "ada/a-large");

    new DatasetSizes(stand.database, InstantSource.system()).upkeep();

    assertThat(sorted("datasets", "mainSize")).containsExactly("ada/a-large", "ada/b-small");
  }

  private static List<String> sorted(String type, String sort) {
    return json(stand.get("/api/" + type + "?author=ada&sort=" + sort, "")).findValuesAsText("id");
  }
}
