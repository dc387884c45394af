package dev.ashlar.hub.weights;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the header of a GGUF file says: the notes that clients ask for, and how many parameters the
 * tensors have.
 *
 * <p>Layout, least byte first: {@code GGUF}, version (u32), number of tensors and of notes (u64
 * each); a note is a key, a type (u32) and a value; a tensor is a name, the number of dimensions
 * (u32), these (u64 each), a type (u32) and an offset (u64). A text is its length (u64) and UTF-8.
 * What does not look like that says nothing.
 */
public record Gguf(long total, Map<String, Object> notes) {
  private static final int FIRST_BYTES = 256 << 10;
  private static final int HEADER_BYTES_MAX = 32 << 20;
  private static final int TENSORS_MAX = 200_000;
  private static final int NOTES_MAX = 5_000;
  private static final int TEXT_BYTES_MAX = 64 << 10;
  private static final int STRING = 8;
  private static final int ARRAY = 9;

  /** The bytes of a value by its type; the two without a fixed size have none. */
  private static final int[] SIZES = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};

  public Gguf {
    notes = Map.copyOf(notes);
  }

  /** Reads the header of a file, a small part first; empty when it is none, or too long. */
  public static Optional<Gguf> read(Head head) throws IOException {
    for (long most = FIRST_BYTES; most <= HEADER_BYTES_MAX; most *= 11) {
      var bytes = head.read((int) most);
      if (bytes.length < 24 || !new String(bytes, 0, 4, StandardCharsets.US_ASCII).equals("GGUF")) {
        return Optional.empty();
      }
      try {
        return parse(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
      } catch (BufferUnderflowException _) {
        if (bytes.length < most) {
          return Optional.empty(); // the file ends here, whatever its header announces
        }
      } catch (ArithmeticException _) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static Optional<Gguf> parse(ByteBuffer in) {
    int version = in.getInt(4);
    in.position(8);
    long tensors = in.getLong();
    long count = in.getLong();
    if (version < 2
        || version > 3
        || tensors < 0
        || tensors > TENSORS_MAX
        || count < 0
        || count > NOTES_MAX) {
      return Optional.empty();
    }
    var notes = new TreeMap<String, Object>();
    for (long i = 0; i < count; i++) {
      var key = text(in);
      var value = value(in, in.getInt());
      if (key != null && value != null) {
        notes.put(key, value);
      }
    }
    long total = 0;
    for (long i = 0; i < tensors; i++) {
      skip(in, length(in));
      total = Math.addExact(total, parameters(in));
      skip(in, 12);
    }
    return Optional.of(new Gguf(total, notes));
  }

  private static long parameters(ByteBuffer in) {
    int dimensions = in.getInt();
    if (dimensions < 0 || dimensions > 8) {
      throw new ArithmeticException("no tensor");
    }
    long product = 1;
    for (int i = 0; i < dimensions; i++) {
      product = Math.multiplyExact(product, length(in));
    }
    return product;
  }

  /** A text, a number or a flag; arrays and over-long texts are passed over. */
  private static @Nullable Object value(ByteBuffer in, int type) {
    return switch (type) {
      case 0 -> (long) (in.get() & 0xff);
      case 1 -> (long) in.get();
      case 2 -> (long) (in.getShort() & 0xffff);
      case 3 -> (long) in.getShort();
      case 4 -> in.getInt() & 0xffff_ffffL;
      case 5 -> (long) in.getInt();
      case 7 -> in.get() != 0;
      case STRING -> text(in);
      case ARRAY -> {
        array(in);
        yield null;
      }
      case 10, 11 -> in.getLong();
      default -> {
        skip(in, size(type));
        yield null;
      }
    };
  }

  private static void array(ByteBuffer in) {
    int type = in.getInt();
    long length = length(in);
    if (type == STRING) {
      for (long i = 0; i < length; i++) {
        skip(in, length(in));
      }
    } else {
      skip(in, Math.multiplyExact(length, size(type)));
    }
  }

  private static int size(int type) {
    if (type < 0 || type >= SIZES.length || SIZES[type] == 0) {
      throw new ArithmeticException("no type of a value");
    }
    return SIZES[type];
  }

  private static @Nullable String text(ByteBuffer in) {
    long length = length(in);
    if (length > TEXT_BYTES_MAX) {
      skip(in, length);
      return null;
    }
    if (length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    var bytes = new byte[(int) length];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static long length(ByteBuffer in) {
    long length = in.getLong();
    if (length < 0) {
      throw new ArithmeticException("no length");
    }
    return length;
  }

  private static void skip(ByteBuffer in, long bytes) {
    if (bytes > in.remaining()) {
      throw new BufferUnderflowException();
    }
    in.position(in.position() + (int) bytes);
  }
}
