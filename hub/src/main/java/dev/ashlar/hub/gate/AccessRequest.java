package dev.ashlar.hub.gate;

import dev.ashlar.hub.access.Admission;
import java.time.Instant;
import java.util.Optional;

/**
 * Somebody's request for the files of a gated repository.
 *
 * @param granted let in by hand, without having asked: the e-mail is then nobody's to see
 * @param fields what the form held, as JSON
 */
record AccessRequest(
    long id,
    long userId,
    String user,
    String fullName,
    String email,
    Admission status,
    boolean granted,
    Optional<String> fields,
    Instant askedAt) {}
