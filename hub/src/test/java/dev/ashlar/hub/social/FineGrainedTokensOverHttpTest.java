package dev.ashlar.hub.social;

import static dev.ashlar.hub.HubStand.header;
import static dev.ashlar.hub.HubStand.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.Hub;
import dev.ashlar.hub.HubStand;
import dev.ashlar.hub.account.Grant;
import dev.ashlar.hub.account.NewToken;
import dev.ashlar.hub.account.TokenScope;
import dev.ashlar.hub.account.User;
import dev.ashlar.hub.account.Users;
import dev.ashlar.hub.org.Role;
import dev.ashlar.hub.repo.RepoRights;
import dev.ashlar.hub.repo.RepoType;
import dev.ashlar.hub.repo.Repos;
import dev.ashlar.hub.repo.TokenGrants;
import dev.ashlar.metadata.Authority.Right;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FineGrainedTokensOverHttpTest {
  @TempDir static Path staging;
  private static HubStand stand;
  private static String ann;
  private static TokenGrants grants;

  @BeforeAll
  static void start() {
    stand = new HubStand(staging);
    ann = stand.user("ann", TokenScope.WRITE);
    stand.user("eve", TokenScope.WRITE);
    stand.hub.orgs().add("acme", "", true, false);
    stand.hub.orgs().putMember("acme", "ann", Role.WRITE);
    grants = new TokenGrants(stand.database);
    for (var name : List.of("one", "two")) {
      create(ann, "ann", name, "private");
      create(ann, "acme", name, "private");
    }
    create(ann, "ann", "open", "public");
  }

  @AfterAll
  static void stop() {
    stand.close();
  }

  @Test
  void givenAGrantForOneRepository_whenReading_thenTheOthersDoNotExist() {
    var token = fine(grants.repo("ann", "model/ann/one:read"));

    assertThat(status("/api/models/ann/one", token)).isEqualTo(200);
    assertThat(status("/api/models/ann/open", token)).isEqualTo(200);
    assertThat(status("/api/models/ann/two", token)).isEqualTo(404);
    assertThat(status("/api/models/acme/one", token)).isEqualTo(404);
    assertThat(status("/api/models/ann/two/xet-read-token/main", token)).isEqualTo(404);
    assertThat(status("/ann/two/resolve/main/.gitattributes", token)).isEqualTo(404);
    assertThat(status("/api/models/ann/one/auth-check/write", token)).isEqualTo(403);
  }

  @Test
  void givenAGrantForOneRepository_whenListing_thenTheHiddenOthersAreLeftOut() {
    var token = fine(grants.repo("ann", "model/ann/one:read"));

    assertThat(ids("/api/models?author=ann", token))
        .containsExactlyInAnyOrder("ann/one", "ann/open");
    assertThat(ids("/api/models?author=acme", token)).isEmpty();
    assertThat(ids("/api/settings/repositories", token)).containsExactly("ann/one");
    assertThat(ids("/api/models?author=ann", ann))
        .containsExactlyInAnyOrder("ann/one", "ann/two", "ann/open");
  }

  @Test
  void givenAGrantForANamespace_whenWriting_thenOnlyThereAndNewRepositoriesToo() {
    var token = fine(grants.namespace("ann", "acme:write"));

    assertThat(stand.commit("/api/models/acme/two", token, "a.txt", "a").statusCode())
        .isEqualTo(200);
    assertThat(create(token, "acme", "made", "private")).isEqualTo(200);
    assertThat(status("/api/models/acme/made", token)).isEqualTo(200);
    assertThat(create(token, "ann", "not-made", "private")).isEqualTo(403);
    assertThat(stand.commit("/api/models/ann/open", token, "a.txt", "a").statusCode())
        .isEqualTo(403);
  }

  @Test
  void givenAFineGrainedToken_whenAskingWhoami_thenItsPlacesAreThereAndNothingElse() {
    var token =
        fine(grants.repo("ann", "model/ann/one:write"), grants.namespace("ann", "acme:read"));

    var answer = json(stand.get("/api/whoami-v2", token));

    assertThat(answer.at("/auth/accessToken/role").asText()).isEqualTo("fineGrained");
    var scoped = answer.at("/auth/accessToken/fineGrained/scoped");
    assertThat(scoped.findValuesAsText("name")).containsExactly("acme", "ann/one");
    assertThat(scoped.findValuesAsText("type")).containsExactly("org", "model");
    assertThat(scoped.at("/0/permissions")).hasSize(1);
    assertThat(scoped.at("/1/permissions")).hasSize(2);
    var ofRepo = json(stand.get("/api/whoami-v2", fine(grants.repo("ann", "model/ann/one:read"))));
    assertThat(ofRepo.path("orgs")).isEmpty();
  }

  @Test
  void givenARepositoryThatItsUserLost_whenAsking_thenTheTokenTellsNoName() {
    stand.hub.accounts().addUser("bob", "", "", false, false);
    stand.hub.orgs().add("brief", "", true, false);
    stand.hub.orgs().putMember("brief", "bob", Role.ADMIN);
    var bob = stand.user("bob", TokenScope.WRITE);
    create(bob, "brief", "secret", "private");
    var token = addToken("bob", grants.repo("bob", "model/brief/secret:read"));

    stand.database.change(
        tx -> tx.delete("DELETE FROM hub_org_member WHERE user_id = ?", id("bob")));

    assertThat(status("/api/models/brief/secret", token)).isEqualTo(404);
    assertThat(json(stand.get("/api/whoami-v2", token)).toString()).doesNotContain("secret");
  }

  @Test
  void givenTokensOfOneUser_whenUsedAtTheChunkStore_thenTheyAreCallersOfTheirOwn() {
    var token = fine(grants.repo("ann", "model/ann/one:read"));

    var own = xet(token);
    var users = xet(ann);

    assertThat(users).isEqualTo(id("ann"));
    assertThat(own).isNotEqualTo(users);
    var all = List.of(repo("ann", "one"), repo("ann", "two"), repo("ann", "open"));
    assertThat(readable(own, all)).containsExactlyInAnyOrder(all.get(0), all.get(2));
    assertThat(readable(users, all)).containsExactlyInAnyOrderElementsOf(all);
    assertThat(readable(987_654, all)).isEmpty();
  }

  @Test
  void givenATokenOfOneRepository_whenItLooksForFilesAtTheChunkStore_thenNoOtherRepositoryStands() {
    var own = xet(fine(grants.repo("ann", "model/ann/one:read")));
    var file = new MerkleHash(1, 2, 3, 4);

    assertThat(looks(own, repo("ann", "one"), file)).isTrue();
    assertThat(looks(own, repo("ann", "two"), file)).isFalse();
  }

  private static boolean looks(long casId, long repoId, MerkleHash file) {
    return stand.database.look(
        db -> Hub.authority().look(db, casId, 0, repoId, Right.READ, file).stands());
  }

  @Test
  void givenATokenThatEnded_whenUsed_thenItIsRefusedLikeARevokedOne() {
    var end = Instant.now().plusSeconds(3600);
    var token =
        stand
            .hub
            .accounts()
            .addToken(
                "ann",
                new NewToken(
                    "ends",
                    Optional.of(TokenScope.WRITE),
                    List.of(),
                    Optional.of(end),
                    Optional.empty()));
    assertThat(status("/api/models/ann/one", token)).isEqualTo(200);
    assertThat(json(stand.get("/api/whoami-v2", token)).at("/auth/accessToken/expiresAt").asText())
        .startsWith(end.toString().substring(0, 16));

    stand.database.change(
        tx ->
            tx.update(
                "UPDATE hub_token SET expires_at = now() - interval '1 s' WHERE name = 'ends'"));

    var refused = stand.get("/api/models/ann/open", token);
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(header(refused, "X-Error-Message"))
        .isEqualTo("Invalid credentials in Authorization header");
    assertThat(status("/api/whoami-v2", token)).isEqualTo(401);
  }

  @Test
  void givenPlacesThatAreNotTheUsers_whenGranted_thenTheyAreRefused() {
    for (var text : List.of("model/ann/one:read", "model/ann/none:read", "nonsense", "model/x:y")) {
      assertThatThrownBy(() -> grants.repo("eve", text)).isInstanceOf(ProblemException.class);
    }
    assertThatThrownBy(() -> grants.repo("eve", "model/ann/open:write"))
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> grants.namespace("eve", "acme:read"))
        .isInstanceOf(ProblemException.class);
  }

  private static String fine(Grant... some) {
    return addToken("ann", some);
  }

  private static String addToken(String user, Grant... some) {
    return stand
        .hub
        .accounts()
        .addToken(
            user,
            new NewToken(
                "fine", Optional.empty(), List.of(some), Optional.empty(), Optional.empty()));
  }

  private static int create(String token, String namespace, String name, String visibility) {
    return stand
        .sendJson(
            "POST",
            "/api/repos/create",
            token,
            Map.of("name", name, "organization", namespace, "visibility", visibility))
        .statusCode();
  }

  private static int status(String path, String token) {
    return stand.get(path, token).statusCode();
  }

  private static List<String> ids(String path, String token) {
    return json(stand.get(path, token)).findValuesAsText("id");
  }

  private static long xet(String token) {
    var answer = json(stand.get("/api/models/ann/one/xet-read-token/main", token));
    return stand.xetTokens.verify(answer.path("accessToken").asText()).callerId();
  }

  private static long repo(String namespace, String name) {
    return stand
        .database
        .<Optional<Repos.Found>>read(db -> Repos.find(db, 0, RepoType.MODEL, namespace, name))
        .orElseThrow()
        .repo()
        .id();
  }

  private static Set<Long> readable(long caller, List<Long> repos) {
    return stand.database.read(db -> RepoRights.readable(db, caller, repos));
  }

  private static long id(String user) {
    return stand.database.<Optional<User>>read(db -> Users.byName(db, user)).orElseThrow().id();
  }
}
