package dev.ashlar.hub.lfs;

import static dev.ashlar.hub.HubStand.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.manifest.FileManifest;
import dev.ashlar.hub.HubStand;
import dev.ashlar.hub.repo.RepoType;
import dev.ashlar.hub.repo.Repos;
import dev.ashlar.metadata.Holds;
import dev.ashlar.metadata.Manifests;
import dev.ashlar.web.Json;
import io.helidon.dbclient.DbTransaction;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The model {@code ada/m} of a hub: what its owner commits, lists and removes over HTTP. */
final class LfsRepo {
  static final String REPO = "/api/models/ada/m";

  private final HubStand stand;
  private final String ada;

  /** Makes the repository, as the user {@code ada} whose token this is. */
  LfsRepo(HubStand stand, String ada) {
    this.stand = stand;
    this.ada = ada;
    stand.create(ada, "model", "m");
  }

  static String oid(int i) {
    return "%064x".formatted(i);
  }

  long id() {
    return id(stand, "ada", "m");
  }

  /** The id of any model. */
  static long id(HubStand stand, String owner, String name) {
    return stand
        .database
        .<Optional<Repos.Found>>read(db -> Repos.find(db, 0, RepoType.MODEL, owner, name))
        .orElseThrow()
        .repo()
        .id();
  }

  /** Makes the repository hold an empty file that is known by this digest. */
  void hold(int i) {
    long repo = id();
    stand.database.change(tx -> hold(tx, repo, i));
  }

  /** The same within a transaction, for any repository. */
  static void hold(DbTransaction tx, long repo, int i) {
    var manifest = new FileManifest(hash(i), List.of());
    var file = Manifests.register(tx, manifest, Optional.of(Sha256.parse(oid(i))), Map.of());
    Holds.upload(tx, repo, file.id(), Instant.now().plusSeconds(600));
  }

  static MerkleHash hash(int i) {
    return new MerkleHash(1, 2, 3, i);
  }

  static String line(String key, Object value) {
    return new String(Json.write(Map.of("key", key, "value", value)), UTF_8);
  }

  /** Commits these lines and returns the id of the commit. */
  String commit(String branch, String... operations) {
    var answer = tryCommit(branch, operations);
    assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(200);
    return json(answer).path("commitOid").asText();
  }

  /** Commits whatever the answer is. */
  HttpResponse<byte[]> tryCommit(String branch, String... operations) {
    var lines = new ArrayList<String>();
    lines.add(line("header", Map.of("summary", "change")));
    lines.addAll(List.of(operations));
    return stand.send(
        "POST",
        REPO + "/commit/" + branch,
        String.join("\n", lines).getBytes(UTF_8),
        "Authorization",
        "Bearer " + ada);
  }

  /** The line of a commit that names an empty file which is held from now on. */
  String large(String path, int i) {
    hold(i);
    return line("lfsFile", Map.of("path", path, "algo", "sha256", "oid", oid(i), "size", 0));
  }

  static String small(String path, String text) {
    return line("file", Map.of("path", path, "content", text, "encoding", "utf-8"));
  }

  JsonNode list() {
    return json(stand.get(REPO + "/lfs-files", ada));
  }

  static List<String> column(JsonNode list, String name) {
    var values = new ArrayList<String>();
    list.forEach(element -> values.add(element.path(name).asText()));
    return values;
  }

  HttpResponse<byte[]> remove(boolean rewriteHistory, Object... oids) {
    return stand.sendJson(
        "POST",
        REPO + "/lfs-files/batch",
        ada,
        Map.of("deletions", Map.of("sha", List.of(oids), "rewriteHistory", rewriteHistory)));
  }

  List<String> tree(String revision) {
    var answer = stand.get(REPO + "/tree/" + revision + "?recursive=1", ada);
    return column(json(answer), "path");
  }

  String sha(String revision) {
    return json(stand.get(REPO + "/revision/" + revision, ada)).path("sha").asText();
  }
}
