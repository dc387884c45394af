package dev.ashlar.metadata;

/**
 * A file as a look found it, without its terms.
 *
 * @param terms how many it has
 * @param epoch of the content: as long as a look sees the same, the file has the same terms, and
 *     their xorbs are stored under the same keys
 */
public record SeenFile(long id, long bytes, int terms, long epoch) {}
