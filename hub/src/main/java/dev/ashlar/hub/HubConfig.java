package dev.ashlar.hub;

import dev.ashlar.core.token.KeyRing;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings of the hub.
 *
 * @param installationId names this data folder; a wiped one has another
 * @param tokenPepper keys the stored hashes of access tokens
 * @param xetKeys key the CAS scopes of callers
 * @param gatewayUrl where signed URLs of files point; empty for this server
 * @param xetTokenLifetime how long a Xet token is good for
 * @param lfsBytesMin files above this size are large, whatever they are
 * @param binaryIsLarge whether small files that are not text are treated like large ones
 * @param pushBytesMax the longest pack of a Git push
 * @param multipartBytesMin LFS objects above this size come in parts, if the client can
 * @param partBytes how large these parts are
 */
public record HubConfig(
    String installationId,
    KeyRing tokenPepper,
    KeyRing xetKeys,
    Optional<String> gatewayUrl,
    Duration xetTokenLifetime,
    long lfsBytesMin,
    boolean binaryIsLarge,
    long pushBytesMax,
    long multipartBytesMin,
    long partBytes) {}
