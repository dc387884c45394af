package dev.ashlar.hub.repo;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.Problem.OverLimit;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.access.Visibility;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request that makes a repository; clients of different ages send different parts.
 */
record CreateRequest(
    @Nullable String name,
    @Nullable String organization,
    @Nullable String type,
    @Nullable String visibility,
    @JsonProperty("private") @Nullable Boolean isPrivate,
    @Nullable String license,
    @Nullable String sdk,
    @Nullable List<@Nullable FileText> files) {
  private static final int FILES_MAX = 100;
  private static final Set<String> SDKS = Set.of("gradio", "streamlit", "docker", "static");

  /** A file for the first commit. */
  record FileText(@Nullable String path, @Nullable String content, @Nullable String encoding) {
    byte[] bytes() {
      var text = content == null ? "" : content;
      if (encoding == null || encoding.equals("utf-8")) {
        return text.getBytes(StandardCharsets.UTF_8);
      }
      if (!encoding.equals("base64")) {
        throw new ProblemException(
            new Invalid("files", "the encoding of a file must be base64 or utf-8"));
      }
      try {
        return Base64.getDecoder().decode(text);
      } catch (IllegalArgumentException _) {
        throw new ProblemException(new Invalid("files", "the content of a file is not base64"));
      }
    }
  }

  /** The last part of the name, which may come with its namespace in front. */
  String lastName() {
    var given = name == null ? "" : name;
    return given.substring(given.indexOf('/') + 1);
  }

  /** The namespace, unless it is the caller's own. */
  Optional<String> namespace() {
    if (organization != null && !organization.isEmpty()) {
      return Optional.of(organization);
    }
    int slash = name == null ? -1 : name.indexOf('/');
    return slash > 0 && name != null ? Optional.of(name.substring(0, slash)) : Optional.empty();
  }

  RepoType repoType() {
    return type == null ? RepoType.MODEL : RepoType.of(type);
  }

  /** What was asked for; empty leaves it to the namespace. */
  Optional<Visibility> askedVisibility() {
    return visibility(visibility, isPrivate);
  }

  /** What a request without other fields of interest asks for. */
  static Optional<Visibility> visibility(JsonNode asked) {
    var word = asked.path("visibility");
    var isPrivate = asked.path("private");
    return visibility(
        word.isTextual() ? word.asText() : null,
        isPrivate.isBoolean() ? isPrivate.asBoolean() : null);
  }

  private static Optional<Visibility> visibility(
      @Nullable String word, @Nullable Boolean isPrivate) {
    if (word == null) {
      return Optional.ofNullable(isPrivate)
          .map(hidden -> hidden ? Visibility.PRIVATE : Visibility.PUBLIC);
    }
    try {
      return Optional.of(Visibility.valueOf(word.toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException _) {
      throw new ProblemException(
          new Invalid("visibility", "it must be public, private or protected"));
    }
  }

  /** The files of the first commit: defaults, and what the client sends in their place. */
  List<FirstFile> firstFiles() {
    if (files != null && files.size() > FILES_MAX) {
      throw new ProblemException(new OverLimit("the number of first files", FILES_MAX));
    }
    var files = new ArrayList<FirstFile>();
    files.add(FirstFile.of(".gitattributes", DefaultAttributes.text(repoType())));
    readme().ifPresent(text -> files.add(FirstFile.of("README.md", text)));
    for (var file : this.files == null ? List.<@Nullable FileText>of() : this.files) {
      if (file == null) {
        throw new ProblemException(new Invalid("files", "one of them is null"));
      }
      var added = new FirstFile(file.path() == null ? "" : file.path(), file.bytes());
      files.removeIf(known -> known.path().equals(added.path()));
      files.add(added);
    }
    return files;
  }

  private Optional<String> readme() {
    if (repoType() == RepoType.SPACE) {
      return Optional.of(spaceReadme());
    }
    return license == null || license.isEmpty()
        ? Optional.empty()
        : Optional.of("---\nlicense: " + plain("license", license) + "\n---\n");
  }

  private String spaceReadme() {
    var kind = sdk == null ? "static" : sdk;
    if (!SDKS.contains(kind)) {
      throw new ProblemException(
          new Invalid("sdk", "it must be gradio, streamlit, docker or static"));
    }
    var text = new StringBuilder("---\ntitle: ").append(quoted(lastName()));
    text.append("\nsdk: ").append(kind).append("\npinned: false\n");
    if (license != null && !license.isEmpty()) {
      text.append("license: ").append(plain("license", license)).append('\n');
    }
    return text.append("---\n").toString();
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  private static String plain(String what, String text) {
    if (!text.matches("[A-Za-z0-9][A-Za-z0-9._+-]{0,99}")) {
      throw new ProblemException(new Invalid(what, "it must be one word"));
    }
    return text;
  }
}
