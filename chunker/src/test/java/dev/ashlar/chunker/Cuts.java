package dev.ashlar.chunker;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Where a chunker cuts: the ends of all chunks. */
final class Cuts {
  private Cuts() {}

  static List<Integer> of(InputStream in) throws IOException {
    var chunker = new Chunker(in);
    var chunk = new byte[Chunker.BYTES_MAX];
    var ends = new ArrayList<Integer>();
    int end = 0;
    for (int length = chunker.next(chunk); length >= 0; length = chunker.next(chunk)) {
      end += length;
      ends.add(end);
    }
    return ends;
  }

  /** The rule of the protocol's text, byte after byte over the whole input. */
  static List<Integer> specified(byte[] bytes) {
    var gear = GearTable.words();
    var ends = new ArrayList<Integer>();
    for (int start = 0; start < bytes.length; ) {
      int left = bytes.length - start;
      int length = Math.min(131_072, left);
      long hash = 0;
      for (int i = Math.min(8127, left); i < Math.min(131_072, left); i++) {
        hash = (hash << 1) + gear[bytes[start + i] & 0xFF];
        if ((hash & 0xFFFF000000000000L) == 0 && i + 1 >= 8192) {
          length = i + 1;
          break;
        }
      }
      start += length;
      ends.add(start);
    }
    return ends;
  }
}
