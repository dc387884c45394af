package dev.ashlar.chunker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The protocol's 256 random words, one a byte value. */
final class GearTable {
  static final String RESOURCE = "gear_table.txt";
  private static final int WORDS = 256;

  private GearTable() {}

  /** The words, newly read: line k of the resource is the word of byte value k, in hex. */
  static long[] words() {
    try (var in = GearTable.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is not in the jar");
      }
      var lines = new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines();
      var words = lines.mapToLong(line -> Long.parseUnsignedLong(line, 16)).toArray();
      if (words.length != WORDS) {
        throw new IllegalStateException(RESOURCE + " has " + words.length + " words");
      }
      return words;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
