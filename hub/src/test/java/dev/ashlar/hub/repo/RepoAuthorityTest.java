package dev.ashlar.hub.repo;

import static dev.ashlar.hub.HubStand.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.FileManifest;
import dev.ashlar.core.token.XetToken;
import dev.ashlar.hub.Hub;
import dev.ashlar.hub.HubStand;
import dev.ashlar.hub.account.TokenScope;
import dev.ashlar.hub.org.Role;
import dev.ashlar.metadata.Authority.Right;
import dev.ashlar.metadata.Authority.Sight;
import dev.ashlar.metadata.Holds;
import dev.ashlar.metadata.Manifests;
import dev.ashlar.metadata.SeenFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class RepoAuthorityTest {
  private static final String REPO = "/api/models/lab/one/";

  private HubStand stand;
  private String ada = "";
  private String bob = "";

  @BeforeEach
  void open(@TempDir Path staging) {
    stand = new HubStand(staging);
    ada = stand.user("ada", TokenScope.WRITE);
    bob = stand.user("bob", TokenScope.WRITE);
    stand.hub.orgs().add("lab", "Lab", true, false);
    stand.hub.orgs().putMember("lab", "ada", Role.ADMIN);
    stand.hub.orgs().putMember("lab", "bob", Role.WRITE);
    var made = Map.of("type", "model", "name", "one", "organization", "lab");
    assertThat(stand.sendJson("POST", "/api/repos/create", ada, made).statusCode()).isEqualTo(200);
  }

  @AfterEach
  void close() {
    stand.close();
  }

  private XetToken xetToken(String kind, String accessToken) {
    var answer = stand.get(REPO + kind + "/main", accessToken);
    assertThat(answer.statusCode()).isEqualTo(200);
    return stand.xetTokens.verify(json(answer).path("accessToken").asText());
  }

  private boolean stands(XetToken token, Right right) {
    return stand.database.read(
        db ->
            Hub.authority()
                .stands(db, token.callerId(), token.accessTokenId(), token.repoId(), right));
  }

  @Test
  void givenAWriteToken_whenItsCallerMayOnlyRead_thenOnlyReadingStands() {
    var token = xetToken("xet-write-token", bob);
    assertThat(stands(token, Right.WRITE)).isTrue();

    stand.hub.orgs().putMember("lab", "bob", Role.READ);

    assertThat(stands(token, Right.WRITE)).isFalse();
    assertThat(stands(token, Right.READ)).isTrue();
  }

  @Test
  void givenAXetToken_whenTheAccessTokenBehindItIsRevoked_thenNothingStands() {
    var token = xetToken("xet-read-token", bob);
    assertThat(stands(token, Right.READ)).isTrue();

    stand.hub.accounts().listTokens().stream()
        .filter(known -> known.user().equals("bob"))
        .forEach(known -> stand.hub.accounts().revokeToken(known.id()));

    assertThat(stands(token, Right.READ)).isFalse();
    var another = new XetToken(token.callerId(), 0, token.repoId(), token.scope(), Instant.MAX);
    assertThat(stands(another, Right.READ)).as("the user may still").isTrue();
  }

  private Sight sight(XetToken token, MerkleHash file) {
    return stand.database.look(
        db ->
            Hub.authority()
                .look(
                    db, token.callerId(), token.accessTokenId(), token.repoId(), Right.READ, file));
  }

  private int setPrivate(boolean isPrivate) {
    return stand.sendJson("PUT", REPO + "settings", ada, Map.of("private", isPrivate)).statusCode();
  }

  private SeenFile upload(long repoId, MerkleHash hash, Instant expires) {
    return stand.database.transact(
        tx -> {
          var manifest = new FileManifest(hash, List.of());
          var file = Manifests.register(tx, manifest, Optional.empty(), Map.of());
          Holds.upload(tx, repoId, file.id(), expires);
          return Manifests.look(tx, hash).orElseThrow();
        });
  }

  @Test
  void givenFiles_whenTheyAreLookedForBesideTheRight_thenTheHeldOneIsSeenAndNoOther() {
    var token = xetToken("xet-read-token", bob);
    var held = new MerkleHash(1, 2, 3, 4);
    var seen = upload(token.repoId(), held, Instant.now().plusSeconds(600));
    var ended = new MerkleHash(5, 6, 7, 8);
    upload(token.repoId(), ended, Instant.now().minusSeconds(1));
    var elsewhere = new MerkleHash(9, 10, 11, 12);
    upload(token.repoId() + 1, elsewhere, Instant.now().plusSeconds(600));

    assertThat(sight(token, held)).isEqualTo(new Sight(true, Optional.of(seen)));
    assertThat(sight(token, ended)).isEqualTo(new Sight(true, Optional.empty()));
    assertThat(sight(token, elsewhere)).isEqualTo(new Sight(true, Optional.empty()));
    assertThat(sight(token, new MerkleHash(0, 0, 0, 1)))
        .isEqualTo(new Sight(true, Optional.empty()));

    stand.hub.accounts().listTokens().stream()
        .filter(known -> known.user().equals("bob"))
        .forEach(known -> stand.hub.accounts().revokeToken(known.id()));

    assertThat(sight(token, held)).isEqualTo(new Sight(false, Optional.empty()));
  }

  @Test
  void givenAHeldFile_whenTheCallerMayNotReadAnyMore_thenNothingIsSeenOfIt() {
    assertThat(setPrivate(false)).isEqualTo(200);
    var token = xetToken("xet-read-token", stand.user("cleo", TokenScope.READ));
    var held = new MerkleHash(1, 2, 3, 4);
    upload(token.repoId(), held, Instant.now().plusSeconds(600));
    assertThat(sight(token, held).file()).isPresent();

    assertThat(setPrivate(true)).isEqualTo(200);

    assertThat(sight(token, held)).isEqualTo(new Sight(false, Optional.empty()));
  }

  @Test
  void givenAHoldThatIsBeingPlaced_whenItsRepositoryIsDeleted_thenNoHoldRemains() throws Exception {
    long repoId = xetToken("xet-write-token", ada).repoId();
    var kept = new CountDownLatch(1);
    var upload =
        Thread.ofVirtual()
            .start(
                () ->
                    stand.database.change(
                        tx -> {
                          assertThat(Hub.authority().keep(tx, repoId)).isTrue();
                          kept.countDown();
                          pause();
                          var empty = new FileManifest(MerkleHash.ZERO, List.of());
                          var file = Manifests.register(tx, empty, Optional.empty(), Map.of());
                          Holds.upload(tx, repoId, file.id(), Instant.now().plusSeconds(600));
                        }));
    kept.await();

    var body = Map.of("type", "model", "name", "one", "organization", "lab");
    var deleted = stand.sendJson("DELETE", "/api/repos/delete", ada, body);
    upload.join();

    assertThat(deleted.statusCode()).isEqualTo(200);
    boolean held = stand.database.read(db -> Holds.isHeld(db, repoId, MerkleHash.ZERO));
    assertThat(held).isFalse();
    boolean there = stand.database.transact(tx -> Hub.authority().keep(tx, repoId));
    assertThat(there).isFalse();
  }

  private static void pause() {
    try {
      Thread.sleep(500);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
