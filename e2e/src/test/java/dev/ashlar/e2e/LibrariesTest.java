package dev.ashlar.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The libraries people write programs with; each script fails by an assertion of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LibrariesTest {
  private Stack stack;
  private String token;

  @BeforeAll
  void start() throws IOException {
    stack = Stack.start("libraries");
    token = stack.adminToken();
  }

  @AfterAll
  void stop() {
    stack.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"HUB_2", "HUB_1"})
  void givenARepository_whenUsedThroughTheLibrary_thenEveryCallSeesTheSameBytes(Client client)
      throws Exception {
    passes(client, WireRule.PROGRAM, "library_calls.py", "admin/calls-" + client.lock());
  }

  @ParameterizedTest
  @EnumSource(names = {"HUB_2", "HUB_1"})
  void givenWrongRequests_whenSentByTheLibrary_thenItsOwnExceptionsAreRaised(Client client)
      throws Exception {
    passes(client, WireRule.PROGRAM, "library_errors.py", "admin/errors-" + client.lock());
  }

  @Test
  void givenADataset_whenPushedAndLoaded_thenItsRowsAreEqual() throws Exception {
    var rule =
        WireRule.PROGRAM
            .repeating(
                "GET",
                "/api/datasets/admin/rows",
                "a push asks whether the dataset is there, and then for its commit")
            .repeating(
                "GET",
                "/api/datasets/admin/rows/tree/[0-9a-f]{40}/data\\?.*",
                "the first push looks for old files of each split in a folder that is not there");

    passes(Client.HUB_1, rule, "datasets_round_trip.py", "admin/rows");
  }

  @Test
  void givenAModelOfTransformers_whenPushedAndLoaded_thenConfigTokenizerAndWeightsAreEqual()
      throws Exception {
    var rule =
        WireRule.PROGRAM.repeating(
            "GET",
            "/api/models/admin/tiny-model",
            "AutoTokenizer lists the files of the repository twice");

    passes(Client.TRANSFORMERS, rule, "transformers_round_trip.py", "admin/tiny-model");
  }

  private void passes(Client client, WireRule rule, String script, String... words)
      throws Exception {
    var run = client.python(rule, stack, token, Map.of(), script, words);
    assertThat(run.exitCode()).as(run.output()).isZero();
  }
}
