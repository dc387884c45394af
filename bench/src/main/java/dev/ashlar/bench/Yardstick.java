package dev.ashlar.bench;

import dev.ashlar.core.hash.HasherChoice;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Holds each kernel against C in the same process and prints a line a figure. {@code
 * bench/yardstick} starts it and explains the lines.
 *
 * <p>A process measures one part and loads nothing else, as a server loads one way of hashing: what
 * a virtual machine makes of a kernel depends on what else it has seen there.
 */
public final class Yardstick {
  /** One of them. */
  private interface Part {
    void print(Figures figures) throws Exception;
  }

  private final CYard c;
  private final Path blake3Folder;
  private final Map<String, Part> parts = new LinkedHashMap<>();

  private Yardstick(Path library, Path blake3Folder) {
    this.c = new CYard(library);
    this.blake3Folder = blake3Folder;
    var libblake3 = Optional.of(blake3Folder.resolve("libblake3.so").toString());
    for (var name : HasherChoice.names()) {
      parts.put(name, figures -> new HasherFigures(figures, c, blake3Folder).print(name));
    }
    parts.put("gear", figures -> new GearFigures(figures, c).print());
    parts.put("sha256", figures -> new IngestFigures(figures, c, libblake3).printSha256());
    parts.put("lz4-java", figures -> new CodecFigures(figures, c).lz4Java());
    parts.put("lz4-library", figures -> new CodecFigures(figures, c).lz4Library());
    parts.put("bg4", figures -> new CodecFigures(figures, c).grouping());
    parts.put("verify", figures -> verify(figures, libblake3).printNative());
    parts.put("verify-java", figures -> verify(figures, libblake3).printPure());
    parts.put("ingest", figures -> new IngestFigures(figures, c, libblake3).print());
    parts.put("reconstruct", figures -> new ReconstructFigures(figures).print());
  }

  /**
   * Takes the compiled {@code yardstick.c}, the folder of libblake3, and then rounds, a name's part
   * and which part to measure; without these prints what parts there are.
   */
  public static void main(String[] words) throws Exception {
    var yardstick = new Yardstick(Path.of(words[0]), Path.of(words[1]));
    if (words.length == 2) {
      yardstick.parts.keySet().forEach(System.out::println);
      return;
    }
    yardstick.run(Integer.parseInt(words[2]), words[3], words[4]);
  }

  private void run(int rounds, String only, String name) throws Exception {
    var part = parts.get(name);
    if (part == null) {
      throw new IllegalArgumentException("there is no part " + name);
    }
    part.print(new Figures(new Pairing(rounds), only));
  }

  private CYard.Blake3Library library() {
    return CYard.Blake3Library.open(blake3Folder.resolve("libblake3.so"));
  }

  private VerifyFigures verify(Figures figures, Optional<String> libblake3) {
    return new VerifyFigures(figures, c, library(), libblake3);
  }
}
