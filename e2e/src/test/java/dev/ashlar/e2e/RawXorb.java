package dev.ashlar.e2e;

import dev.ashlar.core.hash.HashedChunk;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.XetHash;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * A xorb of uncompressed chunks, written by hand: each chunk is its 8-byte header (version 0,
 * stored length, scheme 0, raw length; lengths of three bytes, little-endian) and its bytes.
 */
record RawXorb(List<byte[]> chunks) {
  RawXorb {
    chunks = List.copyOf(chunks);
  }

  MerkleHash hash() {
    return XetHash.xorb(hashedChunks());
  }

  /** The same array is hashed once, however often it occurs. */
  List<HashedChunk> hashedChunks() {
    var hashes = new IdentityHashMap<byte[], MerkleHash>();
    return chunks.stream()
        .map(
            chunk ->
                new HashedChunk(
                    hashes.computeIfAbsent(chunk, bytes -> XetHash.chunk(bytes, 0, bytes.length)),
                    chunk.length))
        .toList();
  }

  /** The length of the body in bytes. */
  long bodyBytes() {
    return chunks.stream().mapToLong(chunk -> chunk.length + 8L).sum();
  }

  /** The body as a stream that copies no chunk. */
  InputStream open() {
    var parts = new ArrayList<InputStream>();
    for (var chunk : chunks) {
      parts.add(new ByteArrayInputStream(header(chunk.length)));
      parts.add(new ByteArrayInputStream(chunk));
    }
    return new SequenceInputStream(Collections.enumeration(parts));
  }

  private static byte[] header(int length) {
    var header = new byte[8];
    for (int at : new int[] {1, 5}) {
      header[at] = (byte) length;
      header[at + 1] = (byte) (length >> 8);
      header[at + 2] = (byte) (length >> 16);
    }
    return header;
  }
}
