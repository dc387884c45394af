package dev.ashlar.hub.card;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.hub.repo.CardFacts;
import dev.ashlar.hub.repo.RepoType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CardsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "---\nlicense: mit\n---\n# x", "\uFEFF---\r\nlicense: mit\r\n---\r\ntext",
        "---\nlicense: mit\n---", "--- \nlicense: mit\n---  \n"
      })
  void givenABlockAtTheBeginning_whenRead_thenItIsTheCard(String readme) {
    assertThat(facts(RepoType.MODEL, readme).json()).contains("{\"license\":\"mit\"}");
    assertThat(CardCheck.of(readme, "model").errors()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# title", "---\n---\n", "text\n---\na: b\n---\n", "---\na: b\n"})
  void givenNoBlock_whenChecked_thenItIsAWarning(String readme) {
    assertThat(facts(RepoType.MODEL, readme).json()).isEmpty();
    assertThat(CardCheck.of(readme, "model").errors()).isEmpty();
    assertThat(CardCheck.of(readme, "model").warnings())
        .containsExactly("empty or missing yaml metadata in repo card");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: [b",
        "- list",
        "a: b\na: c",
        "text",
        "a: &x [*x]",
        "license: {a: b}",
        "tags: x",
        "model-index: x",
        "model-index:\n- name: 3",
        "language: 5",
        "pipeline_tag: [a]"
      })
  void givenABadBlock_whenChecked_thenItIsAnError(String yaml) {
    var check = CardCheck.of("---\n" + yaml + "\n---\n", "model");

    assertThat(check.errors()).isNotEmpty();
  }

  @Test
  void givenAliasesThatBlowUp_whenRead_thenTheCardIsRefusedQuickly() {
    var yaml = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 30; i++) {
      yaml.append("a").append(i).append(": &a").append(i).append(" [");
      yaml.append(("*a" + (i - 1) + ",").repeat(9)).append("x]\n");
    }

    assertThat(CardCheck.of("---\n" + yaml + "---\n", "model").errors()).isNotEmpty();
  }

  @Test
  void givenADeepNest_whenRead_thenTheCardIsRefused() {
    var yaml = "a: " + "[".repeat(5000) + "]".repeat(5000);

    assertThat(CardCheck.of("---\n" + yaml + "\n---\n", "model").errors()).isNotEmpty();
  }

  @Test
  void givenADatasetCard_whenRead_thenTagsHaveTheirKeys() {
    var readme =
        """
        ---
        task_categories: [text-generation]
        size_categories: 1K<n<10K
        language: fr
        tags: [mine]
        license: [mit, apache-2.0]
        ---
        """;

    assertThat(facts(RepoType.DATASET, readme).tags())
        .containsExactlyInAnyOrder(
            "task_categories:text-generation",
            "size_categories:1K<n<10K",
            "language:fr",
            "mine",
            "license:mit",
            "license:apache-2.0",
            "region:us");
  }

  @Test
  void givenFileNames_whenNoLibraryIsNamed_thenTheyGiveItAway() {
    var inferred = facts(RepoType.MODEL, "", "config.json", "model.safetensors");
    var named =
        facts(RepoType.MODEL, "---\nlibrary_name: timm\nbase_model: a/b\n---\n", "config.json");

    assertThat(inferred.library()).contains("transformers");
    assertThat(inferred.tags()).contains("transformers", "safetensors");
    assertThat(named.library()).contains("timm");
    assertThat(named.tags()).contains("base_model:a/b", "timm").doesNotContain("transformers");
  }

  @Test
  void givenASpaceCard_whenRead_thenTheSdkIsKnown() {
    var readme = "---\nsdk: gradio\n---\n";

    assertThat(facts(RepoType.SPACE, readme).sdk()).contains("gradio");
    assertThat(CardCheck.of(readme, "space").errors()).isEmpty();
    assertThat(CardCheck.of("---\nsdk: x\n---\n", "space").errors()).hasSize(1);
  }

  private static CardFacts facts(RepoType type, String readme, String... names) {
    var files = new HashMap<String, ObjectId>();
    var endings = new HashSet<String>();
    for (var name : names) {
      files.put(name, ObjectId.zeroId());
      endings.add(name.substring(name.lastIndexOf('.') + 1));
    }
    return Cards.facts(type, new RootFiles(readme, files, endings, Optional.empty()));
  }
}
