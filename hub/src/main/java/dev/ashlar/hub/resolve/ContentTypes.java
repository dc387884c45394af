package dev.ashlar.hub.resolve;

import java.util.Locale;
import java.util.Map;

/**
 * Guesses what a file is from its name. Nothing that a browser would run is among the answers:
 * pages and scripts are shown as text.
 */
final class ContentTypes {
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String BYTES = "application/octet-stream";

  private static final Map<String, String> BY_ENDING =
      Map.ofEntries(
          Map.entry("json", "application/json"),
          Map.entry("pdf", "application/pdf"),
          Map.entry("zip", "application/zip"),
          Map.entry("png", "image/png"),
          Map.entry("jpg", "image/jpeg"),
          Map.entry("jpeg", "image/jpeg"),
          Map.entry("gif", "image/gif"),
          Map.entry("webp", "image/webp"),
          Map.entry("wav", "audio/wav"),
          Map.entry("mp3", "audio/mpeg"),
          Map.entry("flac", "audio/flac"),
          Map.entry("ogg", "audio/ogg"),
          Map.entry("mp4", "video/mp4"),
          Map.entry("webm", "video/webm"),
          Map.entry("txt", TEXT),
          Map.entry("md", TEXT),
          Map.entry("csv", TEXT),
          Map.entry("tsv", TEXT),
          Map.entry("jsonl", TEXT),
          Map.entry("yaml", TEXT),
          Map.entry("yml", TEXT),
          Map.entry("toml", TEXT),
          Map.entry("py", TEXT),
          Map.entry("js", TEXT),
          Map.entry("html", TEXT),
          Map.entry("htm", TEXT),
          Map.entry("svg", TEXT),
          Map.entry("xml", TEXT),
          Map.entry("jinja", TEXT),
          Map.entry("gitattributes", TEXT),
          Map.entry("gitignore", TEXT));

  private ContentTypes() {}

  /** The media type of a file with this path. */
  static String of(String path) {
    var ending = path.substring(Math.max(path.lastIndexOf('.'), path.lastIndexOf('/')) + 1);
    return BY_ENDING.getOrDefault(ending.toLowerCase(Locale.ROOT), BYTES);
  }
}
