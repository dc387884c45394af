package dev.ashlar.chunker;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.xorb.XorbIndex;
import java.io.IOException;

/** Port that takes new xorbs. A body goes there chunk by chunk and is never whole in memory. */
public interface XorbSink {
  /** Begins a xorb whose name is not known yet. */
  Draft begin() throws IOException;

  /** One xorb being written; ends with exactly one of {@code publish} and {@code discard}. */
  interface Draft {
    /** Appends stored bytes, whole chunks with their headers; the array serves others next. */
    void append(byte[] bytes, int offset, int length) throws IOException;

    /** All bytes are there: makes the xorb findable under its hash. */
    void publish(MerkleHash xorb, XorbIndex index) throws IOException;

    /** Gives the bytes up; also called after {@code append} or {@code publish} has failed. */
    void discard();
  }
}
