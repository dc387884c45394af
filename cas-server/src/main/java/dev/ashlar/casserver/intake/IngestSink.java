package dev.ashlar.casserver.intake;

import dev.ashlar.chunker.XorbSink;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.xorb.XorbIndex;
import java.io.IOException;
import java.lang.System.Logger.Level;

/** Takes the xorbs that the server itself packs; they are published like uploaded ones. */
final class IngestSink implements XorbSink {
  private static final System.Logger LOG = System.getLogger(IngestSink.class.getName());

  private final XorbPublisher publisher;
  private final long callerId;

  IngestSink(XorbPublisher publisher, long callerId) {
    this.publisher = publisher;
    this.callerId = callerId;
  }

  @Override
  public Draft begin() throws IOException {
    var draft = publisher.open();
    return new Draft() {
      @Override
      public void append(byte[] bytes, int offset, int length) throws IOException {
        draft.append(bytes, offset, length);
      }

      @Override
      public void publish(MerkleHash xorb, XorbIndex index) throws IOException {
        try (draft) {
          publisher.publish(draft, callerId, xorb, index);
        }
      }

      @Override
      public void discard() {
        try {
          draft.close();
        } catch (IOException | RuntimeException e) {
          LOG.log(Level.WARNING, "a discarded xorb left its file behind", e);
        }
      }
    };
  }
}
