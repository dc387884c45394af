package dev.ashlar.hub.card;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What the endings of file names tell about a dataset: its formats and what it is made of. */
final class DatasetFormats {
  /** Files with one of these endings make a format and a modality. */
  private record Sign(Set<String> endings, String format, String modality) {}

  private static final List<Sign> SIGNS =
      List.of(
          new Sign(Set.of("parquet"), "parquet", "tabular"),
          new Sign(Set.of("arrow"), "arrow", "tabular"),
          new Sign(Set.of("csv", "tsv"), "csv", "tabular"),
          new Sign(Set.of("jsonl", "ndjson"), "json", "text"),
          new Sign(Set.of("txt"), "text", "text"),
          new Sign(
              Set.of("jpg", "jpeg", "png", "webp", "gif", "bmp", "tiff"), "imagefolder", "image"),
          new Sign(Set.of("wav", "mp3", "flac", "ogg", "aac", "opus"), "audiofolder", "audio"),
          new Sign(Set.of("mp4", "webm", "mkv", "avi", "mov"), "videofolder", "video"),
          new Sign(Set.of("tar"), "webdataset", ""));

  private DatasetFormats() {}

  static Set<String> of(Set<String> endings) {
    var tags = new TreeSet<String>();
    for (var sign : SIGNS) {
      if (sign.endings().stream().anyMatch(endings::contains)) {
        tags.add("format:" + sign.format());
        if (!sign.modality().isEmpty()) {
          tags.add("modality:" + sign.modality());
        }
      }
    }
    return tags;
  }
}
