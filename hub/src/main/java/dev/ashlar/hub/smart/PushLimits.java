package dev.ashlar.hub.smart;

/**
 * What a push may bring.
 *
 * @param lfsBytesMin files longer than this are no plain blobs
 * @param packBytesMax the longest pack
 */
public record PushLimits(long lfsBytesMin, long packBytesMax) {}
