package dev.ashlar.metadata;

/**
 * The row of a published xorb.
 *
 * @param inserted false when the same xorb was stored before: its older bytes stay, and the new
 *     object is queued for deletion
 */
public record Published(StoredXorb xorb, boolean inserted) {}
