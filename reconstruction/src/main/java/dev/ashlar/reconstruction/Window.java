package dev.ashlar.reconstruction;

import java.io.IOException;
import java.io.OutputStream;

/** Passes on, of the bytes that a plan's terms make, those that lie in its range. */
final class Window {
  private final OutputStream out;
  private int skip;
  private long left;

  Window(ReconstructionPlan plan, OutputStream out) {
    this.out = out;
    this.skip = Math.toIntExact(plan.offsetIntoFirstRange());
    this.left = plan.range().bytes();
  }

  /** Takes the lane's bytes, which are the next that the terms make. */
  void write(Lane lane) throws IOException {
    int bytes = (int) Math.min(lane.rawBytes() - skip, left);
    out.write(lane.raw(), skip, bytes);
    skip = 0;
    left -= bytes;
  }

  void requireFull() {
    if (left != 0) {
      throw new IllegalStateException("the plan's terms end " + left + " bytes too early");
    }
  }
}
