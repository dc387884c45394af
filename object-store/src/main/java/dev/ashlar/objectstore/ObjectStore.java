package dev.ashlar.objectstore;

import dev.ashlar.core.manifest.ByteRange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Immutable objects under keys that are never used twice.
 *
 * <p>Keys are made by {@link ObjectKey}. Callers write and check the bytes in a {@link Staging}
 * file first; what {@link #publish} returns from is durable. Reads after {@code publish} see the
 * object at once. Errors of the medium are {@link IOException}s; a key that is not there is a
 * {@link java.nio.file.NoSuchFileException}.
 */
public interface ObjectStore {
  /**
   * Makes the staged bytes durable under the key and consumes the staged file. A key that exists
   * already is a {@link java.nio.file.FileAlreadyExistsException} and changes nothing.
   *
   * <p>Nobody has forced the staged file before. Its disk may have failed at a part already, which
   * only the force tells; the bytes may then be read back wrong. So a store that copies the file to
   * another place has to force it first, too.
   */
  void publish(ObjectKey key, Path staged) throws IOException;

  /** The object's length in bytes, or empty when there is none. */
  OptionalLong bytes(ObjectKey key) throws IOException;

  /**
   * A stream over exactly the range; it fails rather than end early. A range that reaches beyond
   * the object is an {@link java.io.EOFException}.
   */
  InputStream open(ObjectKey key, ByteRange range) throws IOException;

  /**
   * Fills {@code target[targetOffset .. targetOffset + range.bytes())} with the range, or fails
   * with an {@link java.io.EOFException}.
   */
  default void read(ObjectKey key, ByteRange range, byte[] target, int targetOffset)
      throws IOException {
    read(key, range, ByteBuffer.wrap(target, targetOffset, target.length - targetOffset));
  }

  /**
   * The same for a buffer, from its position on, which moves behind the range. One outside of the
   * heap saves the copy that the virtual machine makes of what the kernel hands it.
   */
  void read(ObjectKey key, ByteRange range, ByteBuffer target) throws IOException;

  /** Removes the object; one that is not there is no error. */
  void delete(ObjectKey key) throws IOException;

  /** All keys, in no order; close the stream. */
  Stream<ObjectKey> keys() throws IOException;
}
