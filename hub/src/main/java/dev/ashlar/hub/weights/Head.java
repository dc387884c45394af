package dev.ashlar.hub.weights;

import java.io.IOException;

/** The beginning of one file, of which more can be read. */
@FunctionalInterface
public interface Head {
  /** The first bytes, as many as asked for or all that there are. */
  byte[] read(int bytesMax) throws IOException;
}
