package dev.ashlar.hub.repo;

import static dev.ashlar.hub.HubStand.header;
import static dev.ashlar.hub.HubStand.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.hub.HubStand;
import dev.ashlar.hub.account.TokenScope;
import dev.ashlar.hub.org.Role;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameCheckOverHttpTest {
  private static final String CHECK = "/api/validate/check-name";

  @TempDir private static Path staging;
  private static HubStand stand;
  private static String ada;
  private static String bob;

  @BeforeAll
  static void open() {
    stand = new HubStand(staging);
    ada = stand.user("Ada", TokenScope.WRITE);
    bob = stand.user("bob", TokenScope.WRITE);
    stand.hub.orgs().add("acme", "Acme Inc.", true, false);
    stand.hub.orgs().putMember("acme", "Ada", Role.CONTRIBUTOR);
    stand.hub.orgs().putMember("acme", "bob", Role.READ);
    create(Map.of("name", "My-Secret", "visibility", "private"));
    create(Map.of("name", "Shared", "organization", "acme", "type", "dataset"));
  }

  @AfterAll
  static void close() {
    stand.close();
  }

  @Test
  void givenAFreeName_whenChecked_thenItIsAvailableAndCanBeTaken() {
    var asked = Map.of("name", "My-new-repo", "namespace", "acme", "type", "model");

    var answer = json(check(ada, asked));

    assertThat(answer.path("available").asBoolean()).isTrue();
    assertThat(answer.path("normalized_name").asText()).isEqualTo("my_new_repo");
    assertThat(answer.has("conflict_with")).isTrue();
    assertThat(answer.path("conflict_with").isNull()).isTrue();
    assertThat(answer.path("message").asText()).isEqualTo("Repository name is available");
    create(Map.of("name", "My-new-repo", "organization", "acme"));
    assertThat(json(check(ada, asked)).path("available").asBoolean()).isFalse();
  }

  @Test
  void givenANameInUse_whenCheckedInAnotherCase_thenTheHolderIsNamed() {
    for (var asked :
        List.of(
            Map.of("name", "my-secret", "type", "model"),
            Map.of("name", "ada/my-secret"),
            Map.of("name", "my-secret", "namespace", "ADA"))) {
      var answer = json(check(ada, asked));

      assertThat(answer.path("available").asBoolean()).isFalse();
      assertThat(answer.path("conflict_with").asText()).isEqualTo("Ada/My-Secret");
      assertThat(answer.path("message").asText())
          .isEqualTo(
              "Repository name conflicts with existing repository: My-Secret (case-insensitive)");
    }
    var ofAnotherType = Map.of("name", "my-secret", "type", "dataset");
    assertThat(json(check(ada, ofAnotherType)).path("available").asBoolean()).isTrue();
  }

  @Test
  void givenSomebodyElsesNamespace_whenChecked_thenATakenNameLooksLikeAFreeOneAndAsInCreate() {
    for (var token : List.of("", bob)) {
      for (var namespace : List.of("Ada", "nobody")) {
        var taken = check(token, Map.of("name", "My-Secret", "namespace", namespace));
        var free = check(token, Map.of("name", "free", "namespace", namespace));
        var made =
            stand.sendJson(
                "POST",
                "/api/repos/create",
                token,
                Map.of("name", "My-Secret", "organization", namespace));

        assertThat(taken.statusCode()).isEqualTo(token.isEmpty() ? 401 : 403);
        for (var other : List.of(free, made)) {
          assertThat(taken.statusCode()).isEqualTo(other.statusCode());
          assertThat(taken.body()).isEqualTo(other.body());
          assertThat(header(taken, "X-Error-Code")).isEqualTo(header(other, "X-Error-Code"));
        }
      }
    }
    var asReader = Map.of("name", "Shared", "namespace", "acme", "type", "dataset");
    assertThat(check(bob, asReader).statusCode()).isEqualTo(403);
  }

  @Test
  void givenAccountNames_whenCheckedByAnybody_thenTheirHoldersAreNamed() {
    var user = json(check("", Map.of("name", "ADA")));
    assertThat(user.path("available").asBoolean()).isFalse();
    assertThat(user.path("conflict_with").asText()).isEqualTo("Ada");
    assertThat(user.path("message").asText())
        .isEqualTo("Name conflicts with existing user: Ada (case-insensitive)");

    var org = json(check("", Map.of("name", "Acme")));
    assertThat(org.path("message").asText()).contains("existing organization: acme");

    var free = json(check("", Map.of("name", "Zoe")));
    assertThat(free.path("available").asBoolean()).isTrue();
    assertThat(free.path("conflict_with").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`{}`, name",
        "`{\"name\":\"a--b\"}`, name",
        "`{\"name\":\"datasets\"}`, name",
        "`{\"type\":\"model\"}`, name",
        "`{\"name\":\"a..b\",\"type\":\"model\"}`, name",
        "`{\"name\":\"a\",\"type\":\"album\"}`, type",
        "`{\"name\":[\"a\"]}`, name",
        "`null`, object",
        "`name=a`, JSON",
      })
  void givenAWrongQuestion_whenAsked_thenA400NamesWhatIsWrong(String body, String named) {
    var answer = send(ada, body);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).path("error").asText()).contains(named);
  }

  @Test
  void givenAQuestionWithoutEnd_whenAsked_thenItIsRefused() {
    assertThat(send("", "{\"name\":\"" + "a".repeat(20_000) + "\"}").statusCode()).isEqualTo(413);
  }

  private static HttpResponse<byte[]> check(String token, Map<String, String> asked) {
    return stand.sendJson("POST", CHECK, token, asked);
  }

  private static HttpResponse<byte[]> send(String token, String body) {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    return token.isEmpty()
        ? stand.send("POST", CHECK, bytes)
        : stand.send("POST", CHECK, bytes, "Authorization", "Bearer " + token);
  }

  private static void create(Map<String, String> wanted) {
    assertThat(stand.sendJson("POST", "/api/repos/create", ada, wanted).statusCode())
        .isEqualTo(200);
  }
}
