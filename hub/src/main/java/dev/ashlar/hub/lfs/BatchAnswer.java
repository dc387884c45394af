package dev.ashlar.hub.lfs;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The body of a batch answer: how to transfer, and per object what to do or what is wrong. */
record BatchAnswer(String transfer, List<Answered> objects) {
  BatchAnswer {
    objects = List.copyOf(objects);
  }

  /** One object; without actions and without an error it is there already. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Answered(
      @Nullable String oid,
      long size,
      @Nullable Boolean authenticated,
      @Nullable Map<String, Action> actions,
      @Nullable Fault error) {
    static Answered present(String oid, long size) {
      return new Answered(oid, size, null, null, null);
    }

    /** What to do; not marked as authenticated where the steps need the hub's token. */
    static Answered todo(String oid, long size, boolean signed, Map<String, Action> actions) {
      return new Answered(oid, size, signed ? true : null, actions, null);
    }

    static Answered wrong(@Nullable String oid, long size, int code, String message) {
      return new Answered(oid, size, null, null, new Fault(code, message));
    }
  }

  /** One step of a transfer. */
  record Action(
      String href, Map<String, String> header, @JsonProperty("expires_in") long expiresIn) {}

  /** Why there is no step. */
  record Fault(int code, String message) {}
}
