package dev.ashlar.casserver.intake;

import dev.ashlar.core.hash.MerkleHash;
import java.io.IOException;
import java.io.InputStream;

/**
 * Takes serialized xorbs from clients.
 *
 * <p>The body goes to disk first, at the sender's pace and through one small block; then every
 * chunk is decoded and hashed on the CPU threads. So a slow sender holds a file, never a thread
 * that others need, and the memory of an upload does not depend on the xorb.
 */
public final class XorbIntake {
  private final XorbPublisher publisher;
  private final CpuPool cpu;

  XorbIntake(XorbPublisher publisher, CpuPool cpu) {
    this.publisher = publisher;
    this.cpu = cpu;
  }

  /** Stores the xorb of this hash for the caller; a body that is not that xorb is refused. */
  public XorbReceipt accept(long callerId, MerkleHash hash, InputStream body) throws IOException {
    try (var draft = publisher.open()) {
      draft.fill(body);
      var index = cpu.run(() -> draft.verify(hash));
      return publisher.publish(draft, callerId, hash, index);
    }
  }
}
