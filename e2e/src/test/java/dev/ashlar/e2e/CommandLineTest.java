package dev.ashlar.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Administration by the command line while the server runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CommandLineTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int REFUSED = 1;

  private Stack stack;

  @BeforeAll
  void start() {
    stack = Stack.start("commands");
  }

  @AfterAll
  void stop() {
    stack.close();
  }

  @Test
  void givenANameThatTheRuleRefuses_whenAdded_thenItIsRefusedUnlessImported() throws Exception {
    assertRefused(stack.command("", "user", "add", "__old_name__"), "name: letters, digits");
    assertRefused(stack.command("", "user", "add", "api"), "reserved");
    assertRefused(stack.command("", "user", "add", "__..\n__", "--import"), "");

    stack.admin("user", "add", "__old_name__", "--import", "--full-name", "Old Name");
    var token = stack.admin("token", "add", "__old_name__", "--scope", "write");

    assertThat(whoami(token).get("name").asText()).isEqualTo("__old_name__");
    assertThat(whoami(token).get("fullname").asText()).isEqualTo("Old Name");
    assertThat(create(token, "{\"name\":\"__old_name__/kept\"}").statusCode()).isEqualTo(200);
    assertThat(stack.get("/api/models/__old_name__/kept", "").statusCode()).isEqualTo(200);
    assertRefused(stack.command("", "user", "add", "__OLD_name__", "--import"), "__OLD_name__");
    assertRefused(stack.command("", "org", "add", "Admin"), "Admin");
  }

  @Test
  void givenUsers_whenListed_thenEachHasARowAndNothingSecret() throws Exception {
    stack.admin("user", "add", "carol", "--full-name", "Carol C", "--email", "c@example.org");
    stack.admin("user", "add", "dave", "--admin");

    assertThat(stack.admin("user", "list").lines())
        .contains("carol\tCarol C\tc@example.org\tuser", "dave\t\t\tadmin", "admin\t\t\tadmin");
  }

  @Test
  void givenAToken_whenAddedListedAndRevoked_thenItIsPrintedAloneOnceAndThenRefused()
      throws Exception {
    stack.admin("user", "add", "erin");
    var added = stack.command("", "token", "add", "erin", "--scope", "read", "--name", "laptop");
    var token = added.standardOutput().strip();

    assertThat(added.standardOutput()).matches("hf_[0-9A-Za-z]{59}\n");
    assertThat(added.standardError()).isEmpty();
    assertThat(whoami(token).at("/auth/accessToken/role").asText()).isEqualTo("read");
    assertThat(create(token, "{\"name\":\"no\"}").statusCode()).isEqualTo(403);

    var list = stack.admin("token", "list");
    var row = list.lines().filter(line -> line.contains("laptop")).findFirst().orElseThrow();
    assertThat(list).doesNotContain(token, stack.adminToken());
    var id = row.substring(0, row.indexOf('\t'));
    assertThat(row).matches("\\S+\terin\tread\tlaptop\t\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z\tnever");

    stack.admin("token", "revoke", id);

    assertThat(stack.get("/api/whoami-v2", token).statusCode()).isEqualTo(401);
    assertRefused(stack.command("", "token", "revoke", id), "");
  }

  @Test
  void givenPlaces_whenATokenIsMadeForThem_thenItIsForThoseOfItsUserAloneAndEnds()
      throws Exception {
    stack.admin("user", "add", "ivan");
    stack.admin("user", "add", "judy");
    var ivan = stack.admin("token", "add", "ivan", "--scope", "write");
    create(ivan, "{\"name\":\"one\",\"private\":true}");
    create(ivan, "{\"name\":\"two\",\"private\":true}");

    var fine =
        stack.admin(
            "token",
            "add",
            "ivan",
            "--scope",
            "fine-grained",
            "--repo",
            "model/ivan/one:read",
            "--namespace",
            "ivan:read",
            "--expires",
            "P30D",
            "--name",
            "ci");

    assertThat(stack.get("/api/models/ivan/one", fine).statusCode()).isEqualTo(200);
    assertThat(whoami(fine).at("/auth/accessToken/fineGrained/scoped")).hasSize(2);
    assertThat(stack.admin("token", "list"))
        .containsPattern("ivan\tfine-grained\tci\t\\S+Z\t\\d{4}-\\S+Z");
    var add = new String[] {"token", "add", "judy", "--scope", "fine-grained"};
    assertRefused(stack.command("", add), "--repo or --namespace");
    assertRefused(stack.command("", with(add, "--repo", "model/ivan/one:read")), "not found");
    assertRefused(stack.command("", with(add, "--repo", "ivan/one:read")), "TYPE/NAMESPACE/NAME");
    assertRefused(stack.command("", with(add, "--namespace", "ivan:read")), "does not belong");
    var read = new String[] {"token", "add", "ivan", "--scope", "read"};
    assertRefused(stack.command("", with(read, "--namespace", "ivan:read")), "fine-grained");
    assertRefused(stack.command("", with(read, "--expires", "2001-01-01")), "years to come");
    assertRefused(stack.command("", with(read, "--expires", "soon")), "P30D");
  }

  @Test
  void givenATokenThatEnds_whenItsTimeIsOver_thenItIsRefused() throws Exception {
    stack.admin("user", "add", "kim");
    var token = stack.admin("token", "add", "kim", "--scope", "write", "--expires", "PT8S");
    assertThat(stack.get("/api/whoami-v2", token).statusCode()).isEqualTo(200);

    Thread.sleep(8_000);

    assertThat(stack.get("/api/whoami-v2", token).statusCode()).isEqualTo(401);
  }

  private static String[] with(String[] words, String... more) {
    var all = new ArrayList<>(List.of(words));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @Test
  void givenATokenOfAnotherHub_whenImportedFromStandardInput_thenItWorksHere() throws Exception {
    stack.admin("user", "add", "frank");
    var foreign = "hf_" + "aBcDeFgHiJkLmNoPqRsTuVwXyZ01234567";

    var run =
        stack.command(foreign + "\n", "token", "add", "frank", "--scope", "write", "--import");

    assertThat(run.output()).isEqualTo(foreign + "\n");
    assertThat(whoami(foreign).get("name").asText()).isEqualTo("frank");
    assertThat(stack.admin("token", "list")).doesNotContain(foreign);
    assertRefused(
        stack.command("short", "token", "add", "frank", "--scope", "read", "--import"), "token");
    assertRefused(stack.command("", "token", "add", "nobody", "--scope", "read"), "nobody");
    assertRefused(stack.command("", "token", "add", "frank", "--scope", "all"), "all");
  }

  @Test
  void givenAnOrganisationThatIsPrivateByDefault_whenAMemberMakesARepository_thenItIsPrivate()
      throws Exception {
    stack.admin("org", "add", "acme", "--default-private", "--full-name", "Acme Inc");
    stack.admin("user", "add", "grace");
    stack.admin("user", "add", "heidi");
    var grace = stack.admin("token", "add", "grace", "--scope", "write");
    var heidi = stack.admin("token", "add", "heidi", "--scope", "write");
    stack.admin("org", "member", "add", "acme", "grace", "--role", "write");
    stack.admin("org", "member", "add", "acme", "heidi", "--role", "read");

    var org = whoami(grace).at("/orgs/0");
    var made = create(grace, "{\"name\":\"m\",\"organization\":\"acme\"}");

    assertThat(org.get("name").asText()).isEqualTo("acme");
    assertThat(org.get("roleInOrg").asText()).isEqualTo("write");
    assertThat(made.statusCode()).isEqualTo(200);
    assertThat(stack.get("/api/models/acme/m", "").statusCode()).isEqualTo(401);
    assertThat(stack.get("/api/models/acme/m", stack.adminToken()).statusCode()).isIn(200, 404);
    var seen = JSON.readTree(stack.get("/api/models/acme/m", heidi).body());
    assertThat(seen.get("private").asBoolean()).isTrue();
    assertThat(create(heidi, "{\"name\":\"n\",\"organization\":\"acme\"}").statusCode())
        .isEqualTo(403);

    stack.admin("org", "member", "add", "acme", "heidi", "--role", "contributor");

    assertThat(create(heidi, "{\"name\":\"n\",\"organization\":\"acme\"}").statusCode())
        .isEqualTo(200);
    var wrong = stack.command("", "org", "member", "add", "acme", "heidi", "--role", "owner");
    assertRefused(wrong, "read, contributor, write, admin");
    assertThat(wrong.standardError()).doesNotContain("none, ");
    assertRefused(
        stack.command("", "org", "member", "add", "nowhere", "heidi", "--role", "read"), "nowhere");
  }

  @Test
  void givenAFirstStart_whenLookedAt_thenTheTokenIsForItsOwnerAloneAndInNoLog() throws Exception {
    var file = stack.data().resolve("admin.token");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(stack.log()).doesNotContain(stack.adminToken());
    var database = stack.data().resolve("postgres.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(database)))
        .isEqualTo("rw-------");
    var password = JSON.readTree(Files.readString(database)).get("password").asText();
    for (var log :
        new String[] {stack.log(), Files.readString(stack.data().resolve("postgres/log"))}) {
      assertThat(log).doesNotContain(stack.adminToken(), password);
    }
  }

  @Test
  void givenAFolderWithoutServer_whenAdministered_thenOneSentenceSaysWhatToDo() throws Exception {
    var run =
        Ashlar.run(
            stack.folder(), Map.of(), "", "user", "list", "--data", stack.folder() + "/nothing");

    assertThat(run.exitCode()).isNotZero();
    assertThat(run.standardError().lines()).hasSize(1);
    assertThat(run.standardError()).contains("./ashlar serve");
    assertThat(stack.folder().resolve("nothing")).doesNotExist();
  }

  private JsonNode whoami(String token) throws IOException {
    var reply = stack.get("/api/whoami-v2", token);
    assertThat(reply.statusCode()).isEqualTo(200);
    return JSON.readTree(reply.body());
  }

  private HttpResponse<byte[]> create(String token, String body) throws IOException {
    return stack.send("POST", "/api/repos/create", token, body.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertRefused(Run run, String word) {
    assertThat(run.exitCode()).as(run.output()).isEqualTo(REFUSED);
    assertThat(run.standardOutput()).isEmpty();
    assertThat(run.standardError().lines()).hasSize(1);
    assertThat(run.standardError()).startsWith("ashlar: ").contains(word);
  }
}
