package dev.ashlar.hub.info;

import static dev.ashlar.hub.HubStand.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.hub.HubStand;
import dev.ashlar.hub.account.TokenScope;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFactsOverHttpTest {
  private static final String CONFIG =
      "{\"architectures\":[\"BertForMaskedLM\"],\"model_type\":\"bert\",\"hidden_size\":4}";

  @TempDir private static Path staging;
  private static HubStand stand;
  private static String ada;

  @BeforeAll
  static void open() {
    stand = new HubStand(staging);
    ada = stand.user("ada", TokenScope.WRITE);
  }

  @AfterAll
  static void close() {
    stand.close();
  }

  private static String tensors(int numbers) {
    var text =
        "{\"w\":{\"dtype\":\"F16\",\"shape\":[%d],\"data_offsets\":[0,2]}}".formatted(numbers);
    var bytes =
        ByteBuffer.allocate(8 + text.length())
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(text.length())
            .put(text.getBytes(StandardCharsets.UTF_8));
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  private static JsonNode made(String type, String name, List<Map<String, String>> files) {
    var answer =
        stand.sendJson(
            "POST", "/api/repos/create", ada, Map.of("name", name, "type", type, "files", files));
    assertThat(answer.statusCode()).isEqualTo(200);
    return json(stand.get("/api/" + type + "s/ada/" + name, ""));
  }

  private static Map<String, String> file(String path, String content) {
    return Map.of("path", path, "content", content, "encoding", "utf-8");
  }

  private static Map<String, String> binary(String path, String base64) {
    return Map.of("path", path, "content", base64, "encoding", "base64");
  }

  @Test
  void givenAModel_whenItsFilesAreCommitted_thenInfoTellsWhatTheySay() {
    var info =
        made(
            "model",
            "bert",
            List.of(
                file("config.json", CONFIG),
                file("tokenizer_config.json", "{\"mask_token\":{\"content\":\"[MASK]\"}}"),
                binary("model.safetensors", tensors(120)),
                binary("model.fp32.safetensors", tensors(999))));

    assertThat(info.at("/safetensors/parameters/F16").asLong()).isEqualTo(120);
    assertThat(info.at("/safetensors/total").asLong()).isEqualTo(120);
    assertThat(info.at("/config/model_type").asText()).isEqualTo("bert");
    assertThat(info.at("/config/hidden_size").isMissingNode()).isTrue();
    assertThat(info.at("/config/tokenizer_config/mask_token").asText()).isEqualTo("[MASK]");
    assertThat(info.at("/mask_token").asText()).isEqualTo("[MASK]");
    assertThat(info.at("/transformersInfo/auto_model").asText()).isEqualTo("AutoModelForMaskedLM");
    assertThat(info.at("/pipeline_tag").asText()).isEqualTo("fill-mask");
    assertThat(info.at("/library_name").asText()).isEqualTo("transformers");
    var tags = new ArrayList<String>();
    info.path("tags").forEach(tag -> tags.add(tag.asText()));
    assertThat(tags).contains("transformers", "safetensors", "bert", "fill-mask", "region:us");
    var list = json(stand.get("/api/models?search=bert&expand=safetensors&expand=config", ""));
    assertThat(list.at("/0/safetensors/total").asLong()).isEqualTo(120);
    assertThat(list.at("/0/config/model_type").asText()).isEqualTo("bert");
  }

  @Test
  void givenParts_whenAnIndexNamesThem_thenTheirSumCounts() {
    var info =
        made(
            "model",
            "parts",
            List.of(
                file(
                    "model.safetensors.index.json",
                    "{\"weight_map\":{\"a\":\"x-1.safetensors\",\"b\":\"x-2.safetensors\"}}"),
                binary("x-1.safetensors", tensors(5)),
                binary("x-2.safetensors", tensors(6)),
                binary("x-3.safetensors", tensors(7))));

    assertThat(info.at("/safetensors/total").asLong()).isEqualTo(11);
  }

  @Test
  void givenRubbish_whenCommitted_thenItSaysNothingAndHindersNothing() {
    var info =
        made(
            "model",
            "rubbish",
            List.of(
                file("config.json", "{{{"),
                file("model.safetensors", "hello"),
                file("model.gguf", "GGUFxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")));

    assertThat(info.path("safetensors").isMissingNode()).isTrue();
    assertThat(info.path("gguf").isMissingNode()).isTrue();
  }

  @Test
  void givenChangedWeights_whenCommitted_thenTheNumbersFollowAndGoWithTheFiles() {
    made("model", "changing", List.of(binary("model.safetensors", tensors(1))));
    commit(
        "changing",
        "file",
        Map.of("path", "model.safetensors", "content", tensors(2), "encoding", "base64"));
    assertThat(total("changing")).isEqualTo(2);
    commit(
        "changing", "file", Map.of("path", "README.md", "content", "aGk=", "encoding", "base64"));
    assertThat(total("changing")).isEqualTo(2);

    commit("changing", "deletedFile", Map.of("path", "model.safetensors"));

    assertThat(total("changing")).isZero();
  }

  private static long total(String name) {
    return json(stand.get("/api/models/ada/" + name + "?expand=safetensors", ""))
        .at("/safetensors/total")
        .asLong();
  }

  private static void commit(String name, String key, Map<String, String> value) {
    var body = stand.line("header", Map.of("summary", "change")) + "\n" + stand.line(key, value);
    var answer =
        stand.send(
            "POST",
            "/api/models/ada/" + name + "/commit/main",
            body.getBytes(StandardCharsets.UTF_8),
            "Authorization",
            "Bearer " + ada);
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void givenADataset_whenItsFilesHaveEndings_thenFormatsAndModalitiesAreTags() {
    var info =
        made(
            "dataset",
            "sounds",
            List.of(file("data/train/a.wav", "x"), file("meta.csv", "a,b"), file("b/c.txt", "x")));

    var tags = new ArrayList<String>();
    info.path("tags").forEach(tag -> tags.add(tag.asText()));
    assertThat(tags)
        .contains("format:audiofolder", "modality:audio", "format:csv", "modality:tabular");
  }

  @Test
  void givenADerivedModel_whenItsBaseIsAsked_thenItIsCountedThere() {
    made("model", "base", List.of());
    made(
        "model",
        "tuned",
        List.of(
            file(
                "README.md",
                "---\nbase_model: ada/base\nbase_model_relation: finetune\nwidget: [{text: hi}]\n---\n")));

    assertThat(
            json(stand.get("/api/models/ada/base?expand=childrenModelCount", ""))
                .path("childrenModelCount")
                .asLong())
        .isEqualTo(1);
    var tuned = json(stand.get("/api/models/ada/tuned?expand=baseModels,widgetData,tags", ""));
    assertThat(tuned.at("/baseModels/models/0/id").asText()).isEqualTo("ada/base");
    assertThat(tuned.at("/baseModels/relation").asText()).isEqualTo("finetune");
    assertThat(tuned.at("/widgetData/0/text").asText()).isEqualTo("hi");
    assertThat(tuned.path("tags").toString()).contains("base_model:finetune:ada/base");
  }

  @Test
  void givenASpace_whenAsked_thenItsCardAndItsStandstillAreTold() {
    var info =
        made(
            "space",
            "demo",
            List.of(
                file("README.md", "---\nsdk: gradio\nmodels: [ada/base]\n---\n"),
                file("app.py", "")));

    assertThat(info.path("sdk").asText()).isEqualTo("gradio");
    assertThat(info.at("/models/0").asText()).isEqualTo("ada/base");
    assertThat(info.path("subdomain").asText()).isEqualTo("ada-demo");
    var runtime = json(stand.get("/api/spaces/ada/demo/runtime", ""));
    assertThat(runtime.path("stage").asText()).isEqualTo("NO_APP_FILE");
    assertThat(runtime.path("hardware").has("current")).isTrue();
  }
}
