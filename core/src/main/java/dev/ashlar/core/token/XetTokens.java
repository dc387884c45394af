package dev.ashlar.core.token;

import dev.ashlar.core.problem.Need;
import dev.ashlar.core.problem.Problem.Refused;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.core.token.XetToken.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.regex.Pattern;

/**
 * Signs and verifies Xet tokens: {@code xet_2.caller.access
 * token.repo.scope.expires.key.signature}, numbers in decimal, the signature over all before it.
 */
public final class XetTokens {
  /** Clocks differ a little, and a client cannot recover from a 401 in mid-transfer. */
  private static final Duration LEEWAY = Duration.ofSeconds(30);

  private static final Pattern FORM =
      Pattern.compile(
          "(xet_2\\.(0|[1-9][0-9]{0,17})\\.(0|[1-9][0-9]{0,17})\\.(0|[1-9][0-9]{0,17})\\.([rpw])"
              + "\\.([1-9][0-9]{0,11})\\.([0-9a-f]{8}))\\.([A-Za-z0-9_-]{43})");

  private final KeyRing keys;
  private final InstantSource clock;

  /** Tokens under the ring's keys. */
  public XetTokens(KeyRing keys, InstantSource clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /** The token's text; its expiry is cut to whole seconds. */
  public String sign(XetToken token) {
    var claims =
        String.join(
            ".",
            "xet_2",
            Long.toString(token.callerId()),
            Long.toString(token.accessTokenId()),
            Long.toString(token.repoId()),
            letter(token.scope()),
            Long.toString(token.expires().getEpochSecond()),
            keys.currentId());
    return claims + "." + SignedText.encode(keys.sign(claims));
  }

  /** The token behind a text, or {@link Need#VALID_TOKEN} when it is not ours or has expired. */
  public XetToken verify(String text) {
    var parts = FORM.matcher(text);
    if (!parts.matches()
        || !keys.verify(parts.group(7), parts.group(1), SignedText.decode(parts.group(8)))) {
      throw refused();
    }
    var token =
        new XetToken(
            Long.parseLong(parts.group(2)),
            Long.parseLong(parts.group(3)),
            Long.parseLong(parts.group(4)),
            scope(parts.group(5)),
            Instant.ofEpochSecond(Long.parseLong(parts.group(6))));
    if (token.expires().plus(LEEWAY).isBefore(clock.instant())) {
      throw refused();
    }
    return token;
  }

  private static String letter(Scope scope) {
    return switch (scope) {
      case READ -> "r";
      case PROPOSE -> "p";
      case WRITE -> "w";
    };
  }

  private static Scope scope(String letter) {
    return switch (letter) {
      case "w" -> Scope.WRITE;
      case "p" -> Scope.PROPOSE;
      default -> Scope.READ;
    };
  }

  private static ProblemException refused() {
    return new ProblemException(new Refused(Need.VALID_TOKEN));
  }
}
