package dev.ashlar.hub.discussion;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.Problem.OverLimit;
import dev.ashlar.core.problem.ProblemException;

/** Checks and shows what people write. */
final class Texts {
  private static final int REACTION_CHARS_MAX = 16;

  private Texts() {}

  /** A title that somebody sent. */
  static String title(JsonNode sent) {
    var title = plain("title", sent).strip();
    int length = title.codePointCount(0, title.length());
    if (length < Limits.TITLE_CHARS_MIN || length > Limits.TITLE_CHARS_MAX) {
      throw new ProblemException(
          new Invalid(
              "title",
              "%d to %d characters are needed"
                  .formatted(Limits.TITLE_CHARS_MIN, Limits.TITLE_CHARS_MAX)));
    }
    if (title.chars().anyMatch(Character::isISOControl)) {
      throw new ProblemException(new Invalid("title", "it must be one line"));
    }
    return title;
  }

  /** A comment that somebody sent. */
  static String comment(String what, JsonNode sent) {
    var text = plain(what, sent);
    if (text.isBlank()) {
      throw new ProblemException(new Invalid(what, "it is empty"));
    }
    return text;
  }

  /** An emoji, which may be composed of several. */
  static String reaction(JsonNode sent) {
    var text = sent.asText();
    boolean isEmoji =
        text.length() <= REACTION_CHARS_MAX
            && text.codePoints().allMatch(Texts::isOfEmoji)
            && text.codePoints()
                .anyMatch(
                    c -> Character.isEmojiPresentation(c) || Character.isExtendedPictographic(c));
    if (!isEmoji) {
      throw new ProblemException(new Invalid("reaction", "an emoji is needed"));
    }
    return text;
  }

  private static boolean isOfEmoji(int c) {
    return Character.isEmoji(c) || Character.isEmojiComponent(c);
  }

  /** A description, which may be absent. */
  static String description(JsonNode sent) {
    return sent.isMissingNode() || sent.isNull() ? "" : plain("description", sent);
  }

  private static String plain(String what, JsonNode sent) {
    if (!sent.isTextual()) {
      throw new ProblemException(new Invalid(what, "a text is needed"));
    }
    var text = sent.asText();
    if (bytes(text) > Limits.COMMENT_BYTES_MAX) {
      throw new ProblemException(new OverLimit("the length of " + what, Limits.COMMENT_BYTES_MAX));
    }
    if (text.indexOf('\0') >= 0 || !UTF_8.newEncoder().canEncode(text)) {
      throw new ProblemException(new Invalid(what, "it has characters that are none"));
    }
    return text;
  }

  /** How long a text is in UTF-8. */
  static long bytes(String text) {
    return text.getBytes(UTF_8).length;
  }

  /** One line for a title or subject, made of a commit's message that may be anything. */
  static String line(String text) {
    var line = new StringBuilder();
    text.codePoints()
        .limit(Limits.TITLE_CHARS_MAX)
        .forEach(c -> line.appendCodePoint(isShown(c) ? c : ' '));
    var clean = line.toString().strip();
    return clean.isEmpty() ? "(no title)" : clean;
  }

  /** A text for the database, made of a commit's message that may be anything. */
  static String cut(String text) {
    var clean = new StringBuilder();
    text.codePoints()
        .limit(Limits.COMMENT_BYTES_MAX / 4)
        .forEach(c -> clean.appendCodePoint(c == '\n' || c == '\t' || isShown(c) ? c : ' '));
    return clean.toString();
  }

  private static boolean isShown(int c) {
    return !Character.isISOControl(c) && !(c >= 0xd800 && c <= 0xdfff);
  }

  /** HTML that shows a text as it was written: paragraphs and line breaks, nothing else. */
  static String html(String raw) {
    var html = new StringBuilder();
    for (var paragraph : raw.strip().split("\\R[ \\t]*\\R\\s*", -1)) {
      if (!paragraph.isBlank()) {
        html.append("<p>").append(escaped(paragraph.strip())).append("</p>\n");
      }
    }
    return html.toString();
  }

  private static String escaped(String text) {
    var safe = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '"' -> safe.append("&quot;");
        case '\'' -> safe.append("&#39;");
        case '\r' -> {}
        case '\n' -> safe.append("<br>\n");
        default -> safe.append(c);
      }
    }
    return safe.toString();
  }
}
