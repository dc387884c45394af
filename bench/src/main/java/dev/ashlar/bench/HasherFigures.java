package dev.ashlar.bench;

import dev.ashlar.core.hash.Blake3Key;
import dev.ashlar.core.hash.ChunkHasher;
import dev.ashlar.core.hash.HasherChoice;
import dev.ashlar.core.hash.MerkleHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** A way of hashing beside the C library, built for the same instructions. */
final class HasherFigures {
  private static final int MEBIBYTES = (Piece.COUNT * Piece.BYTES) >> 20;

  private final Figures figures;
  private final Path blake3Folder;
  private final Piece piece;
  private final Blake3Key key;
  private final byte[] hash = new byte[MerkleHash.BYTES];

  HasherFigures(Figures figures, CYard c, Path blake3Folder) {
    this.figures = figures;
    this.blake3Folder = blake3Folder;
    this.piece = new Piece(c);
    this.key = new Blake3Key(piece.key);
  }

  void print(String name) throws IOException {
    switch (name) {
      case "native" -> print(name, "libblake3", 0.97);
      case "vector-512" -> {
        print(name, "libblake3-avx512", 0.65);
        printMany(name, "libblake3-avx512", 0.70);
      }
      case "vector-256" -> print(name, "libblake3-avx2", isWide() ? 0.80 : 0.50);
      case "vector-128" -> print(name, "libblake3-sse41", 0.80);
      default -> print(name, "libblake3-portable", 0.55);
    }
  }

  private static boolean isWide() throws IOException {
    return Files.readString(Path.of("/proc/cpuinfo"), StandardCharsets.UTF_8).contains("avx512vl");
  }

  /** As chunks are hashed that are verified: without an object for each. */
  private void hash(ChunkHasher hasher) {
    for (int i = 0; i < Piece.COUNT; i++) {
      hasher.hash(key, piece.bytes, i * Piece.BYTES, Piece.BYTES, hash, 0);
    }
  }

  private void print(String name, String yardstick, double target) {
    var title = "BLAKE3 64 KiB, " + name + " / C " + yardstick;
    var hasher = hasher(title, name, target);
    if (hasher.isPresent()) {
      var how = library(yardstick);
      piece.hash(how);
      hash(hasher.get());
      Figures.same(title, hash, piece.hashed());
      figures.compare(title, target, () -> hash(hasher.get()), () -> piece.hash(how));
      figures.allocated("BLAKE3 " + name, MEBIBYTES, () -> hash(hasher.get()));
    }
  }

  /** The same pieces in one call; C takes them one after the other, as its interface has it. */
  private void printMany(String name, String yardstick, double target) {
    var title = "BLAKE3 many of 64 KiB, " + name + " / C " + yardstick;
    var hasher = hasher(title, name, target);
    if (hasher.isPresent()) {
      var bounds = new int[2 * Piece.COUNT];
      for (int i = 0; i < Piece.COUNT; i++) {
        bounds[2 * i] = i * Piece.BYTES;
        bounds[2 * i + 1] = (i + 1) * Piece.BYTES;
      }
      var hashes = new byte[Piece.COUNT * MerkleHash.BYTES];
      Runnable ours = () -> hasher.get().hashAll(key, piece.bytes, bounds, Piece.COUNT, hashes, 0);
      ours.run();
      var how = library(yardstick);
      piece.hash(how);
      int last = hashes.length - MerkleHash.BYTES;
      Figures.same(title, Arrays.copyOfRange(hashes, last, hashes.length), piece.hashed());
      figures.compare(title, target, ours, () -> piece.hash(how));
    }
  }

  private Optional<ChunkHasher> hasher(String title, String name, double target) {
    var hasher = HasherChoice.one(name, Optional.of(path("libblake3").toString()));
    if (hasher.isEmpty()) {
      figures.skipped(title, target, "this machine does not have it");
    }
    return hasher;
  }

  private CYard.Blake3Library library(String name) {
    return CYard.Blake3Library.open(path(name));
  }

  private Path path(String name) {
    return blake3Folder.resolve(name + ".so");
  }
}
