package dev.ashlar.casserver.xet;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.Term;
import dev.ashlar.web.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * JSON that is put together of bytes and goes out in large pieces: plans are mostly a few words,
 * hashes and numbers a thousand times over.
 *
 * <p>Whoever writes sees to it that the pieces make JSON; only {@link #opening} and {@link #within}
 * escape.
 */
final class PlanText {
  private static final int FIRST_BYTES = 2 * 1024;
  private static final int PIECE_BYTES = 64 * 1024;

  private final OutputStream out;
  private byte[] piece = new byte[FIRST_BYTES];
  private int bytes;

  /** Writes to {@code out}, which {@link #end} closes. */
  PlanText(OutputStream out) {
    this.out = out;
  }

  /** ASCII as it shall stand there, made once of a constant. */
  static byte[] words(String ascii) {
    return ascii.getBytes(StandardCharsets.US_ASCII);
  }

  PlanText add(byte[] words) throws IOException {
    if (words.length > PIECE_BYTES) {
      send();
      out.write(words, 0, words.length);
      return this;
    }
    room(words.length);
    System.arraycopy(words, 0, piece, bytes, words.length);
    bytes += words.length;
    return this;
  }

  PlanText add(char c) throws IOException {
    room(1);
    piece[bytes++] = (byte) c;
    return this;
  }

  /** The hex digits, without quotes. */
  PlanText add(MerkleHash hash) throws IOException {
    room(MerkleHash.HEX_DIGITS);
    hash.print(piece, bytes);
    bytes += MerkleHash.HEX_DIGITS;
    return this;
  }

  /** A number that is not negative. */
  PlanText add(long number) throws IOException {
    room(Decimal.DIGITS_MAX);
    bytes = Decimal.write(number, piece, bytes);
    return this;
  }

  PlanText add(Term term) throws IOException {
    room(TermText.BYTES_MAX);
    bytes = TermText.write(term, piece, bytes);
    return this;
  }

  /** The beginning of a string that may hold anything, up to its closing quote. */
  static byte[] opening(String text) {
    var quoted = Json.write(text);
    return Arrays.copyOf(quoted, quoted.length - 1);
  }

  /** What goes on in a string, escaped. */
  PlanText within(String text) throws IOException {
    return add(JsonStringEncoder.getInstance().quoteAsUTF8(text));
  }

  private void room(int wanted) throws IOException {
    if (bytes + wanted <= piece.length) {
      return;
    }
    if (bytes + wanted > PIECE_BYTES) {
      send();
    }
    if (wanted > piece.length - bytes) {
      piece =
          Arrays.copyOf(piece, Math.min(PIECE_BYTES, Math.max(8 * piece.length, bytes + wanted)));
    }
  }

  private void send() throws IOException {
    out.write(piece, 0, bytes);
    bytes = 0;
  }

  /** Lets the rest out. What is not ended has failed, and must not look complete. */
  void end() throws IOException {
    send();
    out.close();
  }
}
