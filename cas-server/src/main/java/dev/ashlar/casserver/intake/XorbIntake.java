package dev.ashlar.casserver.intake;

import dev.ashlar.core.fault.CrashPoints;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.xorb.XorbReader;
import java.io.IOException;
import java.io.InputStream;

/**
 * Takes serialized xorbs from clients.
 *
 * <p>The body goes to disk at the sender's pace, and its chunks are decoded and hashed on the CPU
 * threads some at a time, while more of them arrive. So a slow sender holds a file and two small
 * blocks, never a thread that others need, and the memory of an upload does not depend on the xorb.
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
      var index = XorbReader.verify(body, hash, draft.out(), cpu);
      CrashPoints.pass("xorb.body");
      return publisher.publish(draft, callerId, hash, index);
    }
  }
}
