package dev.ashlar.core.xorb;

/** Decodes one LZ4 block within bounds; any number of threads may use it. */
interface BlockDecoder {
  /**
   * Decodes {@code source[from..end)} to {@code target[out..outEnd)}; matches may reach back to
   * {@code history}. Bytes up to {@code outEnd} may be scribbled on.
   *
   * @param origin position of {@code source[0]} in the body, for the problem's offset
   * @return the end of the decoded bytes in {@code target}
   */
  int decode(
      byte[] source,
      int from,
      int end,
      byte[] target,
      int history,
      int out,
      int outEnd,
      long origin);
}
