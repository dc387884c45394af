package dev.ashlar.bench.jmh;

import dev.ashlar.chunker.Chunker;
import java.util.Arrays;
import java.util.List;

/**
 * What may stand after {@code -p}. JMH itself passes over a parameter that no bench has, and finds
 * a value that is none only when hours have gone.
 */
final class Parameters {
  private static final String OPTION = "-p";

  private Parameters() {}

  /** Refuses the first that is wrong by an {@link IllegalArgumentException}. */
  static void require(String... words) {
    for (int i = 1; i < words.length; i++) {
      if (words[i - 1].equals(OPTION)) {
        requireOne(words[i]);
      }
    }
  }

  private static void requireOne(String word) {
    int equals = word.indexOf('=');
    if (equals < 0) {
      throw new IllegalArgumentException("-p takes NAME=VALUE[,VALUE…], not " + word);
    }
    var name = word.substring(0, equals);
    for (var value : word.substring(equals + 1).split(",", -1)) {
      switch (name) {
        case "size" -> requireSize(value);
        case "kind" -> requireAmong(name, value, names(Chunk.Kind.values()));
        case "way" -> requireAmong(name, value, names(GroupingBench.Way.values()));
        case Blake3Bench.HASHER -> requireAmong(name, value, Blake3Bench.available());
        default ->
            throw new IllegalArgumentException(
                "no bench has a parameter " + name + ": there are size, kind, hasher and way");
      }
    }
  }

  private static void requireSize(String value) {
    if (!value.matches("[1-9]\\d{0,5}") || Integer.parseInt(value) > Chunker.BYTES_MAX) {
      throw new IllegalArgumentException(
          "size is a number of bytes from 1 to " + Chunker.BYTES_MAX + ", not " + value);
    }
  }

  private static void requireAmong(String name, String value, List<String> all) {
    if (!all.contains(value)) {
      throw new IllegalArgumentException(
          name + " is one of " + String.join(", ", all) + " here, not " + value);
    }
  }

  private static List<String> names(Enum<?>[] all) {
    return Arrays.stream(all).map(Enum::name).toList();
  }
}
