package dev.ashlar.bench;

import dev.ashlar.chunker.XorbSink;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.xorb.XorbIndex;

/** A xorb whose bytes go nowhere. */
final class NoXorbs implements XorbSink.Draft {
  @Override
  public void append(byte[] bytes, int offset, int length) {}

  @Override
  public void publish(MerkleHash xorb, XorbIndex index) {}

  @Override
  public void discard() {}
}
