package dev.ashlar.core.xorb;

import dev.ashlar.core.problem.Problem.Malformed;
import java.util.Arrays;
import java.util.Optional;

/**
 * One stored chunk of a golden xorb, and what each flipped bit of its payload leads to.
 *
 * <p>Decoding a whole chunk for every bit would take an hour, so that a flip is followed only as
 * far as it must be. A block of LZ4 is a row of sequences, and its decoder is a loop whose state is
 * a place in the block, a place in the target and the bytes before that. Until the sequence with
 * the flipped bit, all of it is as without the flip: decoding begins there. When a few sequences
 * later both places are again as without the flip, the rest is read alike, and what is written
 * already stays: the chunk is another one if these bytes are. When they are not, decoding is
 * repeated from the same sequence to the block's end. A byte among many literals is only copied:
 * there both places are as before already at the end of these literals.
 */
final class FlippedChunk {
  /** Enough behind the flipped sequence that the decoder takes the same branch as with the rest. */
  private static final int WINDOW_BYTES = 32;

  private static final int SCRIBBLE_BYTES = 64;
  private static final int FRAME_HEADER_BYTES = 7;

  /** A refusal, or nothing: then the chunk's bytes are the same or others. */
  record Outcome(Optional<Malformed> refusal, boolean sameBytes) {
    static final Outcome SAME = new Outcome(Optional.empty(), true);
    static final Outcome OTHER = new Outcome(Optional.empty(), false);
  }

  private final ChunkCodec codec = new ChunkCodec();
  private final byte[] stored;
  private final ChunkHeader header;
  private final byte[] raw;
  private final byte[] decoded;
  private final byte[] lanes;
  private final byte[] target;
  private final Lz4Sequences sequences;

  FlippedChunk(byte[] stored) {
    this.stored = stored;
    this.header = ChunkHeader.read(stored, 0, 0);
    this.raw = new byte[header.rawBytes()];
    codec.decode(stored, 0, stored.length, raw, 0);
    this.decoded = new byte[raw.length];
    this.lanes = raw.clone();
    if (header.compression() == Compression.BG4_LZ4) {
      ByteGrouping4.split(raw, 0, raw.length, lanes, 0);
    }
    this.target = lanes.clone();
    this.sequences =
        header.compression() == Compression.NONE
            ? Lz4Sequences.NONE
            : Lz4Sequences.of(stored, ChunkHeader.BYTES + FRAME_HEADER_BYTES, lanes.length);
  }

  boolean isCompressed() {
    return header.compression() != Compression.NONE;
  }

  /** What becomes of the chunk with this bit of its payload flipped. */
  Outcome flip(int bit) throws Exception {
    stored[bit / 8] ^= (byte) (1 << bit % 8);
    try {
      int sequence = sequences.at(bit / 8);
      return sequence < 0 ? whole(bit / 8 - ChunkHeader.BYTES) : fromSequence(sequence, bit / 8);
    } finally {
      stored[bit / 8] ^= (byte) (1 << bit % 8);
    }
  }

  /**
   * Decodes all; where an uncompressed chunk differs at the likely place, it need not be compared.
   */
  private Outcome whole(int likely) throws Exception {
    var refusal = Malformeds.of(() -> codec.decode(stored, 0, stored.length, decoded, 0));
    boolean differs = !isCompressed() && decoded[likely] != raw[likely];
    return outcome(refusal, !differs && Arrays.equals(decoded, raw));
  }

  private static Outcome outcome(Optional<Malformed> refusal, boolean same) {
    if (refusal.isPresent()) {
      return new Outcome(refusal, false);
    }
    return same ? Outcome.SAME : Outcome.OTHER;
  }

  private Outcome fromSequence(int sequence, int place) throws Exception {
    int in = sequences.in(sequence);
    int out = sequences.out(sequence);
    int likely = sequences.literalAt(sequence, place);
    int stop = likely >= 0 ? sequence : sequences.literalsBehind(sequence, WINDOW_BYTES);
    if (stop >= 0) {
      int outStop = sequences.literalsOut(stop);
      int end = sequences.literalsEnd(stop);
      var refusal = Malformeds.of(() -> requireEnd(in, end, out, outStop));
      if (refusal.isEmpty()) {
        boolean differs = likely >= 0 && target[likely] != lanes[likely];
        boolean same = !differs && Arrays.equals(target, out, outStop, lanes, out, outStop);
        restore(out, Math.min(lanes.length, outStop + SCRIBBLE_BYTES));
        return same ? whole(0) : Outcome.OTHER;
      }
      restore(out, lanes.length);
    }
    var refusal = Malformeds.of(() -> requireEnd(in, sequences.end(), out, lanes.length));
    boolean same = Arrays.equals(target, out, lanes.length, lanes, out, lanes.length);
    restore(out, lanes.length);
    return outcome(refusal, same);
  }

  private void requireEnd(int in, int end, int out, int outEnd) {
    int got = Lz4Block.decode(stored, in, end, target, 0, out, lanes.length, 0);
    if (got != outEnd) {
      throw Fault.at(end + 4L, "the LZ4 frame holds fewer bytes than the chunk");
    }
  }

  private void restore(int from, int to) {
    System.arraycopy(lanes, from, target, from, to - from);
  }
}
