package dev.ashlar.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Memory does not grow with what is in flight. */
final class ManyUploadsTest {
  private static final int UPLOADS = 64;
  private static final int CHUNK_BYTES = 131_072;
  private static final int CHUNKS = 512;

  @Test
  void givenAHeapOf512MiB_when64UploadsOf64MiBRunAtOnce_thenAllSucceed() throws Exception {
    try (var stack = Stack.start("memory", Map.of("ASHLAR_JAVA_OPTIONS", "-Xmx512m"));
        var lanes = Executors.newVirtualThreadPerTaskExecutor();
        var http = HttpClient.newHttpClient()) {
      var token = stack.adminToken();
      stack.send(
          "POST",
          "/api/repos/create",
          token,
          "{\"name\":\"much\"}".getBytes(StandardCharsets.UTF_8));
      var grant =
          new ObjectMapper()
              .readTree(stack.get("/api/models/admin/much/xet-write-token/main", token).body());
      var uploads = new ArrayList<Callable<String>>();
      for (int i = 0; i < UPLOADS; i++) {
        var xorb = xorb(i);
        uploads.add(
            () ->
                http.send(
                        HttpRequest.newBuilder(
                                URI.create(
                                    grant.get("casUrl").asText()
                                        + "/v1/xorbs/default/"
                                        + xorb.hash()))
                            .header("Authorization", "Bearer " + grant.get("accessToken").asText())
                            .POST(
                                BodyPublishers.fromPublisher(
                                    BodyPublishers.ofInputStream(xorb::open), xorb.bodyBytes()))
                            .build(),
                        BodyHandlers.ofString())
                    .body());
      }

      var answers = new ArrayList<String>();
      for (var upload : lanes.invokeAll(uploads)) {
        answers.add(upload.get());
      }

      assertThat(answers).containsOnly("{\"was_inserted\":true}").hasSize(UPLOADS);
      assertThat(stack.process().isAlive()).isTrue();
      System.out.println("server memory after 64 uploads of 64 MiB at -Xmx512m: " + peak(stack));
    }
  }

  /** The most memory that the server's process ever held; a figure for docs/benchmarks.md. */
  private static String peak(Stack stack) throws IOException {
    var status = Path.of("/proc", Long.toString(stack.process().pid()), "status");
    try (var lines = Files.lines(status)) {
      return lines.filter(line -> line.startsWith("VmHWM")).findFirst().orElse("not known here");
    }
  }

  /** 64 MiB: one chunk of its own and 511 times the same one. */
  private static RawXorb xorb(int seed) {
    var own = TestFolder.bytes(new Random(seed), CHUNK_BYTES);
    var shared = TestFolder.bytes(new Random(-1), CHUNK_BYTES);
    List<byte[]> chunks = new ArrayList<>();
    chunks.add(own);
    chunks.addAll(Collections.nCopies(CHUNKS - 1, shared));
    return new RawXorb(chunks);
  }
}
