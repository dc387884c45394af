package dev.ashlar.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ashlar.e2e.RecordingProxy.Seen;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Gates, likes, profiles, counted downloads and fine-grained tokens, as real clients use them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PeopleTest {
  /** What the scripts ask for although it is not there, and what every upload asks. */
  private static final Predicate<String> MAY_BE_MISSING =
      Pattern.compile(
              "/cas/[0-9a-f]{16}/v1/(xorb-grants|chunks)/.*|.*/user-access-request/handle"
                  + "|/api/(users/acme|organizations/olga)/overview|/api/models/acme/none-such/.*"
                  + "|.*/(outside|js-outside).*|(/api)?/datasets/acme/auto-[^/]*/(resolve|auth-check).*")
          .asMatchPredicate();

  private Stack stack;
  private String owner;
  private String guest;

  @BeforeAll
  void start() throws Exception {
    stack = Stack.start("people");
    stack.admin("user", "add", "olga", "--full-name", "Olga Owner");
    stack.admin("user", "add", "mia");
    stack.admin("user", "add", "guest", "--email", "guest@example.org");
    stack.admin("org", "add", "acme");
    stack.admin("org", "member", "add", "acme", "olga", "--role", "admin");
    stack.admin("org", "member", "add", "acme", "mia", "--role", "read");
    owner = stack.admin("token", "add", "olga", "--scope", "write");
    guest = stack.admin("token", "add", "guest", "--scope", "write");
  }

  @AfterAll
  void stop() {
    stack.close();
  }

  @ParameterizedTest
  @CsvSource({"HUB_2,xet", "HUB_1,xet", "HUB_2,plain"})
  void givenAGatedRepository_whenAskedForAndDecided_thenBytesComeToThoseLetInAlone(
      Client client, String way) throws Exception {
    var environment =
        Map.of(
            "HF_HUB_DISABLE_XET",
            way.equals("plain") ? "1" : "0",
            "OWNER_TOKEN",
            owner,
            "GUEST_TOKEN",
            guest);

    var run =
        client.python(
            WireRule.PROGRAM, stack, "", environment, "people.py", "acme", client.lock(), way);

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertExpected(run.seen());
    assertThat(run.seen())
        .filteredOn(
            one -> one.path().startsWith(way.equals("xet") ? "/cas/get/xorb/" : "/cas/get/file/"))
        .isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"HUB_2", "HUB_1"})
  void givenAFineGrainedToken_whenUsedByTheLibrary_thenItIsForItsPlacesAlone(Client client)
      throws Exception {
    var user = "fine-" + client.lock();
    stack.admin("user", "add", user);
    var write = stack.admin("token", "add", user, "--scope", "write");
    for (var name : List.of("inside", "outside", "open")) {
      make(write, name, !name.equals("open"));
    }
    var fine = fine(user, "--repo", "model/" + user + "/inside:write", "--expires", "PT1H");
    var run =
        client.python(
            WireRule.PROGRAM,
            stack,
            fine,
            Map.of(),
            "fine_grained.py",
            user + "/inside",
            user + "/outside",
            user + "/open");

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertExpected(run.seen());
  }

  @ParameterizedTest
  @EnumSource(names = {"HUB_2", "HUB_1"})
  void givenAFineGrainedToken_whenLoggingIn_thenTheCommandLineKnowsWhoItIs(Client client)
      throws Exception {
    var fine = fine("olga", "--namespace", "acme:read", "--name", "my-ci-token");
    var home = Map.of("HF_HOME", Files.createTempDirectory(stack.folder(), "login").toString());

    var login = client.hf(stack, "", home, "auth", "login", "--token", fine);
    var whoami = client.hf(stack, "", home, "auth", "whoami");

    assertThat(login.exitCode()).as(login.output()).isZero();
    assertThat(whoami.exitCode()).as(whoami.output()).isZero();
    assertThat(whoami.output()).contains("olga").contains("acme");
    assertThat(client.hf(stack, "", home, "auth", "list").output()).contains("my-ci-token");
  }

  @Test
  void givenAFineGrainedToken_whenUsedByJavaScript_thenItIsForItsPlacesAlone() throws Exception {
    var node = NodeClient.find();
    assumeTrue(
        node.isPresent() || "true".equals(System.getenv("CI")),
        "not run: Node and npm are not installed");
    make(owner, "js-inside", true);
    make(owner, "js-outside", true);
    var fine = fine("olga", "--repo", "model/olga/js-inside:read");

    var run =
        node.orElseThrow(() -> new IllegalStateException("CI needs Node and npm"))
            .run(WireRule.PROGRAM, stack, fine, "people.mjs", "olga/js-inside", "olga/js-outside");

    assertThat(run.exitCode()).as(run.output()).isZero();
  }

  @Test
  void givenDownloadsByClients_whenTheServerEnds_thenTheyAreCountedOnceEach() throws Exception {
    make(owner, "counted", false);
    for (var client : List.of(Client.HUB_2, Client.HUB_1)) {
      for (var token : List.of(owner, owner, guest)) {
        var run = client.hf(stack, token, Map.of(), "download", "olga/counted");
        assertThat(run.exitCode()).as(run.output()).isZero();
      }
    }

    stack.process().destroy();
    stack.awaitEnd();
    stack.startAgain(Map.of());

    var answer = stack.get("/api/models/olga/counted", "").body();
    assertThat(new ObjectMapper().readTree(answer).path("downloads").asInt()).isEqualTo(2);
  }

  @Test
  void givenAnInvitation_whenAGuestAccepts_thenTheCommandLineShowsTheOrganization()
      throws Exception {
    stack.admin("user", "add", "host");
    var host = stack.admin("token", "add", "host", "--scope", "write");
    post(host, "/api/org/create", "{\"name\":\"book-club\"}");
    var invited = post(host, "/api/invitations/org/book-club/create", "{\"role\":\"write\"}");
    stack.admin("user", "add", "reader");
    var reader = stack.admin("token", "add", "reader", "--scope", "write");

    post(reader, "/api/invitations/" + invited.path("token").asText() + "/accept", "{}");

    var whoami = Client.HUB_2.hf(stack, reader, Map.of(), "auth", "whoami");
    assertThat(whoami.exitCode()).as(whoami.output()).isZero();
    assertThat(whoami.output()).contains("reader").contains("book-club");
    var trending = new ObjectMapper().readTree(stack.get("/api/trending", reader).body());
    assertThat(trending.path("trending").isArray()).isTrue();
  }

  private JsonNode post(String token, String path, String json) throws IOException {
    var answer =
        stack.send(
            "POST",
            path,
            token,
            json.getBytes(StandardCharsets.UTF_8),
            "Content-Type",
            "application/json");
    assertThat(answer.statusCode()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body());
  }

  /** Refusals are those that the scripts ask for. */
  private static void assertExpected(List<Seen> seen) {
    assertThat(seen)
        .filteredOn(one -> one.status() == 404)
        .extracting(Seen::path)
        .allMatch(MAY_BE_MISSING);
    assertThat(seen)
        .filteredOn(one -> one.status() >= 400)
        .allMatch(one -> List.of(400, 401, 403, 404).contains(one.status()));
  }

  private String fine(String user, String... places) throws Exception {
    var words = new ArrayList<>(List.of("token", "add", user, "--scope", "fine-grained"));
    words.addAll(List.of(places));
    return stack.admin(words.toArray(String[]::new));
  }

  private void make(String token, String name, boolean hidden) throws IOException {
    var json = "{\"name\":\"%s\",\"private\":%s}".formatted(name, hidden);
    post(token, "/api/repos/create", json);
  }
}
