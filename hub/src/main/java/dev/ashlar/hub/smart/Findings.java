package dev.ashlar.hub.smart;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What is wrong with one command of a push: the first reasons, and how many there are. */
final class Findings {
  private static final int SHOWN_MAX = 20;
  private static final int CHARS_MAX = 500;

  private final List<String> shown = new ArrayList<>();
  private int count;

  void add(String sentence) {
    count++;
    if (shown.size() < SHOWN_MAX) {
      shown.add(oneLine(sentence));
    }
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** The reason in the report. */
  String first() {
    return shown.getFirst();
  }

  /** Tells everything to the pusher. */
  void tell(String ref, Consumer<String> message) {
    message.accept("error: " + oneLine(ref) + " is refused:");
    shown.forEach(sentence -> message.accept("error:   " + sentence));
    if (count > shown.size()) {
      message.accept("error:   and " + (count - shown.size()) + " more");
    }
  }

  /** Names come from the pusher: nothing in them may look like another line or a terminal code. */
  private static String oneLine(String text) {
    var line = new StringBuilder();
    text.codePoints()
        .limit(CHARS_MAX)
        .forEach(point -> line.appendCodePoint(Character.isISOControl(point) ? '?' : point));
    return line.toString();
  }
}
