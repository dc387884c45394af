package dev.ashlar.e2e;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.e2e.RecordingProxy.Seen;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What one run of a client may send and be told. No run may meet an answer after which clients try
 * again; the rest is the rule's own: which refusals belong to the run, which requests came more
 * than once although they should not have, and which of those a test asked for on purpose.
 */
record WireRule(
    Predicate<Seen> mayBeRefused,
    Function<List<Seen>, List<List<Seen>>> repeats,
    List<OnPurpose> onPurpose) {
  private static final int SHOWN_MAX = 1_000;
  private static final Set<Integer> TRIED_AGAIN = Set.of(408, 425, 429);

  /** Questions whose honest answer is no: upload grants of another kind, chunks not stored yet. */
  private static final Pattern HONEST_NO =
      Pattern.compile("/cas/[0-9a-f]{16}/(v1/)?(xorb-grants|chunks)/.*");

  private static final Pattern XORBS = Pattern.compile("/cas/[0-9a-f]{16}/(v1/)?xorbs?/.*");

  private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

  /** Questions that come with POST. */
  private static final Pattern ASKS =
      Pattern.compile(
          ".*/(paths-info|preupload)/.*|.*/info/lfs/objects/(batch|verify).*|/api/validate-yaml"
              + "|.*/telemetry.*");

  /**
   * What clients do once more by themselves: the upload of a folder without Xet has its card
   * checked by the call for the folder and by that for the commit; with Xet, each of its batches of
   * 256 files asks for a token of its own.
   */
  private static final Pattern OWN_HABIT =
      Pattern.compile("/api/validate-yaml|/api/[a-z]+/[^/]+/[^/]+/xet-write-token/[^/]+");

  /** The 0.3x line asks for a token for each file that it downloads. */
  private static final Pattern TOKEN_A_FILE =
      Pattern.compile("/api/[a-z]+/[^/]+/[^/]+/xet-read-token/[0-9a-f]{40}");

  /** hf-xet up to 1.7 asks ahead, and learns from a 416 where a file ends. */
  private static final Pattern PLANS =
      Pattern.compile("/cas/[0-9a-f]{16}/(v[12]/)?reconstructions?/.*");

  /** Nothing is refused, and nothing comes twice but by the clients' own habits. */
  static final WireRule STRICT =
      new WireRule(WireRule::isHonestNo, seen -> groups(seen, WireRule::isOwnHabit), List.of());

  /**
   * For programs of many calls, which ask for refusals, and again for what they have changed: no
   * caller sends a request again when nothing has changed since, and no bytes are sent twice.
   */
  static final WireRule PROGRAM = new WireRule(_ -> true, WireRule::needless, List.of());

  /**
   * For git and git-lfs: they send a password only after a 401 asked for it, and ask for locks,
   * which are not kept here. A transfer of git-lfs may be a Xet client.
   */
  static final WireRule GIT =
      new WireRule(
          one ->
              one.status() == 401
                  || isHonestNo(one)
                  || (one.status() == 404 && one.path().contains("/info/lfs/locks")),
          seen -> groups(seen, WireRule::isChallenge),
          List.of());

  /** A request that a test makes more often than it needs to, and why. */
  private record OnPurpose(String method, Pattern path, String why) {
    boolean is(List<Seen> group) {
      var first = group.getFirst();
      return first.method().equals(method) && path.matcher(first.path()).matches();
    }
  }

  /** The same, and these refusals are part of the run. */
  WireRule refusing(Predicate<Seen> more) {
    return new WireRule(mayBeRefused.or(more), repeats, onPurpose);
  }

  /**
   * The same, and the run sends this request again: because the script says so, or its client
   * cannot do otherwise. If it does not, that is wrong as well.
   */
  WireRule repeating(String method, String path, String why) {
    var more =
        Stream.concat(
            onPurpose.stream(), Stream.of(new OnPurpose(method, Pattern.compile(path), why)));
    return new WireRule(mayBeRefused, repeats, more.toList());
  }

  /** Asserts that this run kept to the rule; the text says which run it was. */
  void check(List<Seen> seen, String run) {
    assertThat(seen)
        .filteredOn(one -> isTriedAgain(one) || (one.status() >= 400 && !mayBeRefused.test(one)))
        .as("refused or failed in: " + end(run))
        .isEmpty();
    var again = repeats.apply(seen);
    assertThat(again)
        .filteredOn(group -> onPurpose.stream().noneMatch(one -> one.is(group)))
        .as("came again in: " + end(run))
        .isEmpty();
    assertThat(onPurpose)
        .filteredOn(one -> again.stream().noneMatch(one::is))
        .as("meant to come again, and did not")
        .isEmpty();
  }

  private static String end(String text) {
    return text.substring(Math.max(0, text.length() - SHOWN_MAX));
  }

  /** Whether clients send a request again after this answer; 501 they take as the last word. */
  private static boolean isTriedAgain(Seen one) {
    return TRIED_AGAIN.contains(one.status()) || (one.status() >= 500 && one.status() != 501);
  }

  /** Beside the questions: an upload makes the repository first, and is told that it is there. */
  private static boolean isHonestNo(Seen one) {
    return (one.status() == 404 && HONEST_NO.matcher(one.path()).matches())
        || (one.status() == 416 && PLANS.matcher(one.path()).matches())
        || one.toString().equals("409 POST /api/repos/create");
  }

  private static boolean isOwnHabit(List<Seen> group) {
    return group.stream().allMatch(one -> one.status() == 200)
        && (TOKEN_A_FILE.matcher(group.getFirst().path()).matches()
            || (group.size() == 2 && OWN_HABIT.matcher(group.getFirst().path()).matches()));
  }

  /** What came more than once, whoever sent it, unless it may. */
  private static List<List<Seen>> groups(List<Seen> seen, Predicate<List<Seen>> mayRepeat) {
    var groups = seen.stream().collect(groupingBy(Seen::request, LinkedHashMap::new, toList()));
    return groups.values().stream()
        .filter(group -> group.size() > 1 && !mayRepeat.test(group))
        .toList();
  }

  /** Each request that could have been spared, behind the same one before it. */
  private static List<List<Seen>> needless(List<Seen> seen) {
    var found = new ArrayList<List<Seen>>();
    var last = new HashMap<Seen, Integer>();
    for (int i = 0; i < seen.size(); i++) {
      var one = seen.get(i);
      var before = last.put(one.requestOfCaller(), i);
      if (before != null) {
        var pair = List.of(seen.get(before), one);
        var between = seen.subList(before + 1, i);
        if (isUpload(one) || (!isNews(pair, between) && !isOwnHabit(pair))) {
          found.add(pair);
        }
      }
    }
    return found;
  }

  /**
   * Whether the second may have another answer than the first: something changed between them, or
   * the first itself was the change. What the hub answers does not change with bytes alone.
   */
  private static boolean isNews(List<Seen> pair, List<Seen> between) {
    var first = pair.getFirst();
    var second = pair.getLast();
    boolean isOfHub = !first.path().startsWith("/cas/");
    return (isChange(first) && !isChange(second))
        || between.stream()
            .anyMatch(one -> isChange(one) && !(isOfHub && one.path().startsWith("/cas/")));
  }

  private static boolean isChange(Seen one) {
    return !READS.contains(one.method())
        && !ASKS.matcher(one.path()).matches()
        && (one.status() == 303 || (one.status() >= 200 && one.status() < 300));
  }

  private static boolean isUpload(Seen one) {
    return one.method().equals("PUT")
        || (one.method().equals("POST") && XORBS.matcher(one.path()).matches());
  }

  /** As often refused as answered: git starts programs of its own, each is asked for a password. */
  private static boolean isChallenge(List<Seen> group) {
    long asked = group.stream().filter(one -> one.status() == 401).count();
    return 2 * asked == group.size() && group.getFirst().status() == 401;
  }
}
