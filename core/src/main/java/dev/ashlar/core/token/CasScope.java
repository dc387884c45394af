package dev.ashlar.core.token;

import java.util.HexFormat;

/**
 * The part of the CAS base URL that differs between callers.
 *
 * <p>Clients remember for weeks, under the URL they talked to, which chunks the server has. A scope
 * of its own keeps one caller's memory from another caller on the same machine; a new installation
 * or a raised epoch makes clients start with an empty memory.
 */
public final class CasScope {
  private static final int SCOPE_BYTES = 8;

  private CasScope() {}

  /** 16 hex digits; {@code callerId} 0 is the anonymous caller. */
  public static String of(KeyRing keys, String installationId, long callerId, long epoch) {
    var text = "cas scope\n" + installationId + "\n" + callerId + "\n" + epoch;
    return HexFormat.of().formatHex(keys.sign(text), 0, SCOPE_BYTES);
  }
}
