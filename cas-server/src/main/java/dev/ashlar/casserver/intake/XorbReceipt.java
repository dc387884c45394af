package dev.ashlar.casserver.intake;

import dev.ashlar.metadata.StoredXorb;

/** A xorb that is durable now, and whether it was new. */
public record XorbReceipt(StoredXorb xorb, boolean inserted) {}
