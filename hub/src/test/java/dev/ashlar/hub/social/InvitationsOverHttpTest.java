package dev.ashlar.hub.social;

import static dev.ashlar.hub.HubStand.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.hub.HubStand;
import dev.ashlar.hub.account.Grant;
import dev.ashlar.hub.account.NewToken;
import dev.ashlar.hub.account.Reach;
import dev.ashlar.hub.account.TokenScope;
import dev.ashlar.hub.org.Role;
import dev.ashlar.metadata.Columns;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InvitationsOverHttpTest {
  @TempDir static Path staging;
  private static HubStand stand;
  private static String ann;
  private static int made;

  private String org;

  @BeforeAll
  static void start() {
    stand = new HubStand(staging);
    ann = stand.user("ann", TokenScope.WRITE);
  }

  @AfterAll
  static void stop() {
    stand.close();
  }

  @BeforeEach
  void makeOrganization() {
    org = "club-" + made++;
    stand.hub.orgs().add(org, "", false, false);
    stand.hub.orgs().putMember(org, "ann", Role.ADMIN);
  }

  private static String newUser() {
    return stand.user("guest-" + made++, TokenScope.WRITE);
  }

  private static String nameOf(String token) {
    return json(stand.get("/api/whoami-v2", token)).path("name").asText();
  }

  private HttpResponse<byte[]> invite(String token, Map<String, ?> asked) {
    return stand.sendJson("POST", "/api/invitations/org/" + org + "/create", token, asked);
  }

  private String invited(Map<String, ?> asked) {
    var answer = invite(ann, asked);
    assertThat(answer.statusCode()).isEqualTo(200);
    return json(answer).path("token").asText();
  }

  private static HttpResponse<byte[]> accept(String invitation, String token) {
    return stand.sendJson("POST", "/api/invitations/" + invitation + "/accept", token, Map.of());
  }

  private static HttpResponse<byte[]> delete(String invitation, String token) {
    return stand.sendJson("DELETE", "/api/invitations/" + invitation, token, Map.of());
  }

  private JsonNode list() {
    return json(stand.get("/api/invitations/org/" + org + "/list", ann)).path("invitations");
  }

  private static JsonNode shown(String invitation) {
    return json(stand.get("/api/invitations/" + invitation, ""));
  }

  private String role(String token) {
    var name = nameOf(token);
    for (var member : json(stand.get("/api/organizations/" + org + "/members", ""))) {
      if (member.path("user").asText().equals(name)) {
        return member.path("role").asText();
      }
    }
    return "none";
  }

  @ParameterizedTest
  @CsvSource({
    "read, read",
    "contributor, contributor",
    "write, write",
    "admin, admin",
    "member, write",
    "visitor, read"
  })
  void givenAnInvitation_whenAccepted_thenTheGuestHasItsRole(String asked, String role) {
    var guest = newUser();
    var made = json(invite(ann, Map.of("role", asked, "email", "guest@example.org")));
    var token = made.path("token").asText();

    assertThat(token).matches("inv_[0-9A-Za-z]{53}");
    assertThat(made.path("is_reusable").asBoolean()).isFalse();
    assertThat(made.path("invitation_link").asText())
        .isEqualTo(stand.base() + "/api/invitations/" + token);
    var before = shown(token);
    assertThat(before.path("org_name").asText()).isEqualTo(org);
    assertThat(before.path("role").asText()).isEqualTo(role);
    assertThat(before.path("inviter_username").asText()).isEqualTo("ann");
    assertThat(before.path("is_available").asBoolean()).isTrue();
    var answer = accept(token, guest);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).path("role").asText()).isEqualTo(role);
    assertThat(role(guest)).isEqualTo(role);
    assertThat(shown(token).path("is_available").asBoolean()).isFalse();
    assertThat(shown(token).path("usage_count").asInt()).isEqualTo(1);
  }

  @Test
  void givenSomebodyWhoDoesNotRule_whenInvitingListingOrTakingBack_thenItIsRefused() {
    var token = invited(Map.of());
    var id = list().at("/0/id").asText();
    var writer = newUser();
    stand.hub.orgs().putMember(org, nameOf(writer), Role.WRITE);
    var stranger = newUser();
    var readOnly = stand.user("ann", TokenScope.READ);
    var path = "/api/invitations/org/" + org + "/list";

    for (var other : List.of(writer, stranger, readOnly, fineGrained())) {
      assertThat(invite(other, Map.of()).statusCode()).isEqualTo(403);
      assertThat(stand.get(path, other).statusCode()).isEqualTo(403);
      assertThat(delete(token, other).statusCode()).isEqualTo(403);
      assertThat(delete(id, other).statusCode()).isEqualTo(403);
    }
    assertThat(invite("", Map.of()).statusCode()).isEqualTo(401);
    assertThat(stand.get(path, "").statusCode()).isEqualTo(401);
    assertThat(delete(token, "").statusCode()).isEqualTo(401);
    assertThat(stand.get("/api/invitations/org/none/list", ann).statusCode()).isEqualTo(404);
    assertThat(
            stand.sendJson("POST", "/api/invitations/org/ann/create", ann, Map.of()).statusCode())
        .as("a user is no organization")
        .isEqualTo(404);
    assertThat(shown(token).path("is_available").asBoolean()).isTrue();
  }

  private String fineGrained() {
    long id =
        stand.database.<Long>read(
            db ->
                Columns.longOf(
                    db.get("SELECT id FROM hub_namespace WHERE name = ?", org).orElseThrow(),
                    "id"));
    var grants = List.of(new Grant(Grant.Place.NAMESPACE, id, Reach.WRITE));
    return stand
        .hub
        .accounts()
        .addToken(
            "ann",
            new NewToken("fine", Optional.empty(), grants, Optional.empty(), Optional.empty()));
  }

  @Test
  void givenAGuestWithATokenForLess_whenAccepting_thenItIsRefusedAndNothingIsUsed() {
    var invitation = invited(Map.of());
    var guest = newUser();

    assertThat(accept(invitation, "").statusCode()).isEqualTo(401);
    assertThat(accept(invitation, stand.user(nameOf(guest), TokenScope.READ)).statusCode())
        .isEqualTo(403);
    assertThat(accept(invitation, fineGrained()).statusCode()).isEqualTo(403);
    assertThat(shown(invitation).path("usage_count").asInt()).isZero();
    assertThat(role(guest)).isEqualTo("none");
  }

  @Test
  void givenAnUnknownToken_whenShownAcceptedOrTakenBack_thenItIsMissingAndNotRepeated() {
    var invitation = invited(Map.of());
    var id = list().at("/0/id").asText();
    var wrong = invitation.substring(0, invitation.length() - 1) + "-";

    for (var unknown : List.of(wrong, id, ann, "inv_", "x".repeat(3000))) {
      var answer = stand.get("/api/invitations/" + unknown, "");
      assertThat(answer.statusCode()).as(unknown).isEqualTo(404);
      assertThat(new String(answer.body(), StandardCharsets.UTF_8)).doesNotContain(unknown);
      assertThat(accept(unknown, newUser()).statusCode()).isEqualTo(404);
    }
    assertThat(delete(wrong, ann).statusCode()).isEqualTo(404);
  }

  @Test
  void givenAnInvitationTakenBack_whenAccepted_thenItIsMissing() {
    var byToken = invited(Map.of());
    assertThat(delete(byToken, ann).statusCode()).isEqualTo(200);
    var byId = invited(Map.of());
    assertThat(delete(list().at("/0/id").asText(), ann).statusCode()).isEqualTo(200);

    for (var gone : List.of(byToken, byId)) {
      assertThat(accept(gone, newUser()).statusCode()).isEqualTo(404);
    }
    assertThat(list()).isEmpty();
  }

  @Test
  void givenAnExpiredInvitation_whenAccepted_thenItIsRefusedAndGoesWithTheNextOne() {
    var old = invited(Map.of("expires_days", 1, "max_usage", 5));
    stand.database.change(
        tx -> tx.dml("UPDATE hub_invitation SET expires_at = now() - interval '1 second'"));
    var guest = newUser();

    var answer = accept(old, guest);

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(json(answer).path("error").asText()).contains("expired");
    assertThat(shown(old).path("is_expired").asBoolean()).isTrue();
    assertThat(shown(old).path("is_available").asBoolean()).isFalse();
    assertThat(role(guest)).isEqualTo("none");
    invited(Map.of());
    assertThat(accept(old, guest).statusCode()).isEqualTo(404);
    assertThat(list()).hasSize(1);
  }

  @Test
  void givenAUsedInvitation_whenAnotherGuestComes_thenOnlyTheFirstIsIn() {
    var once = invited(Map.of());
    var first = newUser();
    var second = newUser();

    assertThat(accept(once, first).statusCode()).isEqualTo(200);
    assertThat(accept(once, first).statusCode()).as("asked again").isEqualTo(200);
    var refused = accept(once, second);

    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(json(refused).path("error").asText()).contains("as often as it may");
    assertThat(role(second)).isEqualTo("none");
    assertThat(shown(once).path("usage_count").asInt()).isEqualTo(1);
  }

  @Test
  void givenThreeUsesAndTenGuestsAtOnce_whenAccepted_thenThreeAreIn() {
    var invitation = invited(Map.of("max_usage", 3));
    var guests = IntStream.range(0, 10).mapToObj(_ -> newUser()).toList();

    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var statuses =
          guests.stream()
              .map(
                  guest ->
                      CompletableFuture.supplyAsync(
                          () -> accept(invitation, guest).statusCode(), pool))
              .toList()
              .stream()
              .map(CompletableFuture::join)
              .toList();
      assertThat(statuses).filteredOn(status -> status == 200).hasSize(3);
      assertThat(statuses).filteredOn(status -> status == 409).hasSize(7);
    }

    assertThat(guests).filteredOn(guest -> role(guest).equals("read")).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({
    "admin, read, admin, 0",
    "write, write, write, 0",
    "write, contributor, write, 0",
    "read, write, write, 1"
  })
  void givenAMember_whenAnInvitationIsAccepted_thenTheRoleOnlyRises(
      String before, String offered, String after, int used) {
    var member = newUser();
    stand.hub.orgs().putMember(org, nameOf(member), Role.of(before));
    var invitation = invited(Map.of("role", offered));

    var answer = accept(invitation, member);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer).path("role").asText()).isEqualTo(after);
    assertThat(role(member)).isEqualTo(after);
    assertThat(shown(invitation).path("usage_count").asInt()).isEqualTo(used);
  }

  @Test
  void givenAMakerWhoNoLongerRules_whenAccepted_thenTheInvitationOpensNothing() {
    var second = newUser();
    stand.hub.orgs().putMember(org, nameOf(second), Role.ADMIN);
    var answer = invite(second, Map.of("role", "admin"));
    var invitation = json(answer).path("token").asText();
    stand.sendJson("DELETE", "/org/" + org + "/members/" + nameOf(second), ann, Map.of());

    assertThat(accept(invitation, second).statusCode()).as("no way back").isEqualTo(409);
    assertThat(accept(invitation, newUser()).statusCode()).isEqualTo(409);
    assertThat(role(second)).isEqualTo("none");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"role\":\"king\"}",
        "{\"role\":\"none\"}",
        "{\"max_usage\":0}",
        "{\"max_usage\":-1}",
        "{\"max_usage\":1001}",
        "{\"max_usage\":\"2\"}",
        "{\"max_usage\":1.5}",
        "{\"expires_days\":0}",
        "{\"expires_days\":366}",
        "{\"expires_days\":99999999999999999999}",
        "{"
      })
  void givenASenselessWish_whenInviting_thenItIsABadRequest(String body) {
    var answer =
        stand.send(
            "POST",
            "/api/invitations/org/" + org + "/create",
            body.getBytes(StandardCharsets.UTF_8),
            "Authorization",
            "Bearer " + ann);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(list()).isEmpty();
  }

  @Test
  void givenManyOpenInvitations_whenOneMoreIsMade_thenItIsRefusedUntilOneCloses() {
    for (int i = 0; i < 100; i++) {
      invited(Map.of());
    }

    assertThat(invite(ann, Map.of()).statusCode()).isEqualTo(409);
    assertThat(list()).hasSize(100);
    delete(list().at("/0/id").asText(), ann);
    assertThat(invite(ann, Map.of()).statusCode()).isEqualTo(200);
  }

  @Test
  void givenAnInvitation_whenTheDatabaseAndTheListAreRead_thenTheTokenIsInNeither() {
    var token = invited(Map.of());
    var secret = token.substring(14);

    var rows =
        stand.database.<String>read(
            db ->
                Columns.textOf(
                    db.get(
                            """
                            SELECT string_agg(CAST(i AS text) || encode(i.token_hash, 'escape'), '')
                                   AS everything
                              FROM hub_invitation i
                            """)
                        .orElseThrow(),
                    "everything"));

    assertThat(rows).contains(token.substring(4, 14)).doesNotContain(secret);
    assertThat(list().toString()).contains(token.substring(4, 14)).doesNotContain(secret);
  }
}
