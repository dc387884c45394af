package dev.ashlar.hub.card;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What {@code config.json} and {@code tokenizer_config.json} of a model say to clients. */
public record ModelConfig(ObjectNode config, Optional<Auto> auto, Optional<String> maskToken) {
  private static final int PART_CHARS_MAX = 32 << 10;
  private static final List<String> OF_CONFIG =
      List.of("architectures", "model_type", "quantization_config", "auto_map", "diffusers");
  private static final List<String> OF_TOKENIZER =
      List.of(
          "bos_token",
          "cls_token",
          "eos_token",
          "mask_token",
          "pad_token",
          "sep_token",
          "unk_token",
          "chat_template",
          "use_default_system_prompt");
  private static final Set<String> WRITE_FROM_TEXT =
      Set.of("t5", "mt5", "umt5", "bart", "mbart", "marian", "pegasus", "m2m_100", "led", "longt5");

  /** How transformers loads a model: its class, its task, and what prepares the input. */
  public record Auto(String model, String task, String processor) {}

  /** Tasks by the end of an architecture's name; the first that fits counts. */
  private record Ending(String end, String task, String processor) {}

  private static final List<Ending> ENDINGS =
      List.of(
          new Ending("ForCausalLM", "text-generation", "AutoTokenizer"),
          new Ending("LMHeadModel", "text-generation", "AutoTokenizer"),
          new Ending("ForMaskedLM", "fill-mask", "AutoTokenizer"),
          new Ending("ForSequenceClassification", "text-classification", "AutoTokenizer"),
          new Ending("ForTokenClassification", "token-classification", "AutoTokenizer"),
          new Ending("ForQuestionAnswering", "question-answering", "AutoTokenizer"),
          new Ending("ForMultipleChoice", "multiple-choice", "AutoTokenizer"),
          new Ending("ForImageClassification", "image-classification", "AutoImageProcessor"),
          new Ending("ForObjectDetection", "object-detection", "AutoImageProcessor"),
          new Ending("ForSemanticSegmentation", "image-segmentation", "AutoImageProcessor"),
          new Ending("ForDepthEstimation", "depth-estimation", "AutoImageProcessor"),
          new Ending("ForAudioClassification", "audio-classification", "AutoProcessor"),
          new Ending("ForCTC", "automatic-speech-recognition", "AutoProcessor"),
          new Ending("ForConditionalGeneration", "image-text-to-text", "AutoProcessor"),
          new Ending("Model", "feature-extraction", "AutoTokenizer"));

  static ModelConfig of(JsonNode config, JsonNode tokenizer) {
    var kept = JsonNodeFactory.instance.objectNode();
    OF_CONFIG.forEach(name -> keep(kept, name, config.path(name)));
    var tokens = JsonNodeFactory.instance.objectNode();
    OF_TOKENIZER.forEach(name -> keep(tokens, name, token(tokenizer.path(name))));
    if (!tokens.isEmpty()) {
      kept.set("tokenizer_config", tokens);
    }
    var mask = token(tokenizer.path("mask_token"));
    return new ModelConfig(
        kept, auto(config), mask.isTextual() ? Optional.of(mask.asText()) : Optional.empty());
  }

  /** A special token is a text, or an object around one. */
  private static JsonNode token(JsonNode node) {
    return node.path("content").isTextual() ? node.path("content") : node;
  }

  private static void keep(ObjectNode kept, String name, JsonNode value) {
    if (!value.isMissingNode() && !value.isNull() && value.toString().length() <= PART_CHARS_MAX) {
      kept.set(name, value);
    }
  }

  private static Optional<Auto> auto(JsonNode config) {
    var architecture = config.path("architectures").path(0).asText();
    var kind = config.path("model_type").asText();
    if (architecture.endsWith("ForConditionalGeneration")) {
      if (WRITE_FROM_TEXT.contains(kind)) {
        return Optional.of(
            new Auto("AutoModelForSeq2SeqLM", "text2text-generation", "AutoTokenizer"));
      }
      if (kind.equals("whisper")) {
        return Optional.of(
            new Auto("AutoModelForSpeechSeq2Seq", "automatic-speech-recognition", "AutoProcessor"));
      }
      return Optional.of(
          new Auto("AutoModelForImageTextToText", "image-text-to-text", "AutoProcessor"));
    }
    return ENDINGS.stream()
        .filter(ending -> architecture.endsWith(ending.end()))
        .findFirst()
        .map(ending -> new Auto(autoModel(ending.end()), ending.task(), ending.processor()));
  }

  private static String autoModel(String end) {
    return switch (end) {
      case "Model" -> "AutoModel";
      case "LMHeadModel" -> "AutoModelForCausalLM";
      default -> "AutoModel" + end;
    };
  }
}
