package dev.ashlar.hub.lfs;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.problem.Problem.OverLimit;
import dev.ashlar.core.problem.Problem.Unprocessable;
import dev.ashlar.core.problem.ProblemException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The body of a batch request. */
record BatchRequest(
    @Nullable String operation,
    @Nullable List<String> transfers,
    @Nullable List<Wanted> objects,
    @JsonProperty("hash_algo") @Nullable String hashAlgo,
    @Nullable RefName ref) {
  private static final int OBJECTS_MAX = 10_000;
  private static final String BRANCHES = "refs/heads/";
  private static final Set<String> HASHES = Set.of("sha256", "sha_256");

  /** One object that a client wants to send or to have. */
  record Wanted(@Nullable String oid, @Nullable Long size) {
    private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{64}");

    /** The object's name, if it is one. */
    Optional<Sha256> sha256() {
      return Optional.ofNullable(oid)
          .filter(text -> DIGITS.matcher(text).matches())
          .map(Sha256::parse);
    }

    /** The declared size, or -1. */
    long bytes() {
      return size == null ? -1 : size;
    }
  }

  /** The branch that the objects are for. */
  record RefName(@Nullable String name) {}

  /** Passes what the API allows. */
  BatchRequest checked() {
    if (!"upload".equals(operation) && !"download".equals(operation)) {
      throw new ProblemException(new Unprocessable("operation", "it must be upload or download"));
    }
    if (hashAlgo != null && !HASHES.contains(hashAlgo)) {
      throw new ProblemException(new Unprocessable("hash_algo", "it must be sha256"));
    }
    if (wanted().stream().anyMatch(Objects::isNull)) {
      throw new ProblemException(new Unprocessable("objects", "null is no object"));
    }
    if (wanted().size() > OBJECTS_MAX) {
      throw new ProblemException(new OverLimit("number of objects", OBJECTS_MAX));
    }
    return this;
  }

  boolean isUpload() {
    return "upload".equals(operation);
  }

  List<Wanted> wanted() {
    return objects == null ? List.of() : objects;
  }

  boolean offers(String transfer) {
    return transfers != null && transfers.contains(transfer);
  }

  /** Clients that open a pull request with their commit name no branch. */
  boolean isForNewPull() {
    return branch("").isEmpty();
  }

  /** The short name of the branch. */
  String branch(String otherwise) {
    var name = ref == null ? null : ref.name();
    if (name == null || name.isEmpty()) {
      return otherwise;
    }
    return name.startsWith(BRANCHES) ? name.substring(BRANCHES.length()) : name;
  }
}
