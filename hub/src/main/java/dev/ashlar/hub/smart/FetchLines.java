package dev.ashlar.hub.smart;

import dev.ashlar.core.problem.Problem.Malformed;
import dev.ashlar.core.problem.ProblemException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;
import org.eclipse.jgit.transport.PacketLineIn;
import org.eclipse.jgit.transport.ServiceMayNotContinueException;
import org.jspecify.annotations.Nullable;

/** Checks the lines of a fetch request: JGit takes a malformed one for a fault of its own. */
final class FetchLines {
  private static final String FORMAT = "fetch request";
  private static final Pattern ID_LINE = Pattern.compile("(?:want|have|shallow) .*");
  private static final Pattern ID = Pattern.compile("[a-z]+ [0-9a-f]{40}(?: .*)?");
  private static final Pattern DEEPEN_LINE = Pattern.compile("deepen .*");
  private static final Pattern DEEPEN = Pattern.compile("deepen [1-9][0-9]{0,9}");

  private static final String SINCE = "deepen-since ";
  private static final Pattern SECONDS = Pattern.compile("deepen-since [0-9]{1,18}");
  private static final String TOO_LATE = "--shallow-since: times after 2038-01-19 are not known";

  private static final String PREFIX = "ref-prefix ";

  /** Every ref is compared with each; clients send some six a refspec. */
  private static final int PREFIXES_MAX = 2_000;

  private FetchLines() {}

  /**
   * Whether the request, which is read to its end, asks for a relative depth.
   *
   * @throws ServiceMayNotContinueException if it is well-formed, and JGit cannot serve it
   */
  static boolean check(InputStream request) throws IOException {
    var in = new PacketLineIn(request);
    boolean isRelative = false;
    boolean isEnded = false;
    int prefixes = 0;
    for (int number = 1; ; number++) {
      String line;
      try {
        line = in.readString();
      } catch (EOFException _) {
        if (isRelative && !isEnded) {
          throw malformed(number, "the request is cut off");
        }
        return isRelative;
      } catch (IOException e) {
        throw malformed(number, e.getMessage());
      }
      if ((ID_LINE.matcher(line).matches() && !ID.matcher(line).matches())
          || (DEEPEN_LINE.matcher(line).matches() && !isDepth(line))) {
        throw malformed(number, "an id of 40 hex digits or a depth is needed");
      }
      if (line.startsWith(SINCE)) {
        requireTime(line, number);
      }
      if (line.startsWith(PREFIX) && ++prefixes > PREFIXES_MAX) {
        throw malformed(number, "a request names at most " + PREFIXES_MAX + " prefixes of refs");
      }
      isEnded |= PacketLineIn.isEnd(line);
      isRelative |= line.equals(RelativeDepth.RELATIVE);
    }
  }

  private static boolean isDepth(String line) {
    return DEEPEN.matcher(line).matches()
        && Long.parseLong(line.substring("deepen ".length())) <= Integer.MAX_VALUE;
  }

  /** Seconds since 1970; JGit has 31 bits for them. */
  private static void requireTime(String line, int number) throws ServiceMayNotContinueException {
    if (!SECONDS.matcher(line).matches()) {
      throw malformed(number, "a time in seconds is needed");
    }
    if (Long.parseLong(line.substring(SINCE.length())) > Integer.MAX_VALUE) {
      throw new ServiceMayNotContinueException(TOO_LATE);
    }
  }

  private static ProblemException malformed(int line, @Nullable String why) {
    return new ProblemException(new Malformed(FORMAT, 0, "line " + line + ": " + why));
  }
}
