package dev.ashlar.casserver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.core.golden.GoldenFiles;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.ChunkRange;
import dev.ashlar.core.manifest.FileManifest;
import dev.ashlar.core.manifest.Term;
import dev.ashlar.core.token.XetToken.Scope;
import dev.ashlar.metadata.Holds;
import dev.ashlar.metadata.Manifests;
import dev.ashlar.metadata.Xorbs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Plans of files in very many pieces, for clients that do not take the answer. */
@Timeout(120)
final class PlanMemoryTest {
  private static final int TERMS = 390_000;
  private static final int CLIENTS = 12;
  private static final long TERM_BYTES_MAX = 350;
  private static final MerkleHash FILE = new MerkleHash(1, 0, 0, 0);

  private CasFixture cas;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    cas = new CasFixture(folder);
    cas.postXorb(1, 10, "one-byte");
    var xorb = MerkleHash.parse(GoldenFiles.json("xorbs/one-byte.json").required("hash").asText());
    var terms = Collections.nCopies(TERMS, new Term(xorb, new ChunkRange(0, 1), 1));
    cas.database.change(
        tx -> {
          var locked = Xorbs.lockForUse(tx, List.of(xorb));
          var manifest = new FileManifest(FILE, terms);
          var file = Manifests.register(tx, manifest, Optional.empty(), locked);
          Holds.upload(tx, 10, file.id(), Instant.now().plusSeconds(600));
        });
    cas.postXorb(2, 20, "none-random");
    cas.post(2, 20, "/v1/shards", GoldenFiles.bytes("shards/one-file.bin"));
  }

  @AfterEach
  void stop() {
    cas.close();
  }

  private Socket ask() throws IOException {
    var path = "/cas/" + CasFixture.scope(1) + "/v2/reconstructions/" + FILE;
    var socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), cas.url("/").getPort()));
    var head =
        "GET %s HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer %s\r\n\r\n"
            .formatted(path, CasFixture.token(1, 10, Scope.READ));
    socket.getOutputStream().write(head.getBytes(UTF_8));
    return socket;
  }

  /** Any of them may be the first whose plan finds room. */
  private static void awaitOneAnswer(List<Socket> clients) throws Exception {
    while (true) {
      for (var client : clients) {
        if (client.getInputStream().available() > 0) {
          return;
        }
      }
      Thread.sleep(20);
    }
  }

  @Test
  void givenManyPlansOfFragmentedFiles_whenNobodyTakesTheAnswers_thenTheirMemoryIsBounded()
      throws Exception {
    var file = GoldenFiles.json("shards/one-file.json").required("files").get(0);
    var small = "/v2/reconstructions/" + file.required("fileHash").asText();
    assertThat(cas.get(2, 20, small).statusCode()).isEqualTo(200);
    long before = Heap.usedBytes();
    var clients = new ArrayList<Socket>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(ask());
    }
    awaitOneAnswer(clients);
    Thread.sleep(1500);

    long held = Heap.usedBytes() - before;

    System.out.println("plans hold " + held / TERMS + " bytes a term");
    assertThat(held).isLessThan(TERM_BYTES_MAX * TERMS);
    assertThat(held).as("one plan is held").isGreaterThan(48L * TERMS);
    assertThat(cas.get(2, 20, small).statusCode()).as("another caller").isEqualTo(200);
    for (var client : clients) {
      client.close();
    }
  }

  @Test
  void givenARangeOfAFragmentedFile_whenPlanned_thenTheAnswerIsThatOfTheWhole() throws Exception {
    var path = "/v2/reconstructions/" + FILE;

    var part = new String(cas.get(1, 10, path, "Range", "bytes=389999-").body(), UTF_8);
    var whole = cas.get(1, 10, path);

    assertThat(part).contains("\"offset_into_first_range\":0", "\"unpacked_length\":1");
    assertThat(part.split("unpacked_length", -1)).hasSize(2);
    assertThat(new String(whole.body(), UTF_8).split("unpacked_length", -1)).hasSize(TERMS + 1);
  }
}
