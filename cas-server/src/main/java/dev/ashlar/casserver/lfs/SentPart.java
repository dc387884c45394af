package dev.ashlar.casserver.lfs;

import dev.ashlar.core.problem.Problem.Unprocessable;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.core.token.PartsUrl;
import dev.ashlar.metadata.LfsUploads.Part;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A part as its sender names it when all are there: the number, and the ETag of the answer. */
record SentPart(int partNumber, @Nullable String etag) {

  /** The tag under which a part is answered. */
  static String etag(Part part) {
    return "\"" + part.sha256() + "\"";
  }

  /** Refuses a list that is not the whole object in order, or not what is stored. */
  static void requireSame(PartsUrl object, List<SentPart> sent, List<Part> stored) {
    int parts = object.parts();
    if (sent.stream().anyMatch(Objects::isNull)) {
      throw wrong("parts", "null is no part");
    }
    if (sent.size() != parts) {
      throw wrong("parts", sent.size() + " are named, and the object has " + parts);
    }
    for (int i = 0; i < parts; i++) {
      if (sent.get(i).partNumber() != i + 1) {
        throw wrong("parts", "they must be named in order, from 1 to " + parts);
      }
    }
    for (int i = 0; i < parts; i++) {
      int number = i + 1;
      if (i >= stored.size() || stored.get(i).number() != number) {
        throw wrong("part " + number, "it has not come, or its time is over");
      }
      if (stored.get(i).bytes() != object.bytesOf(number)) {
        throw new IllegalStateException("part " + number + " was stored with a wrong length");
      }
      if (!isTag(sent.get(i).etag(), stored.get(i))) {
        throw wrong("part " + number, "its ETag is not the one of the part that is stored");
      }
    }
  }

  /** Some senders take the quotes off. */
  private static boolean isTag(@Nullable String etag, Part part) {
    return etag != null && (etag.equals(etag(part)) || etag.equals(part.sha256().toString()));
  }

  private static ProblemException wrong(String what, String reason) {
    return new ProblemException(new Unprocessable(what, reason));
  }
}
