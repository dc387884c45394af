package dev.ashlar.hub.social;

import java.util.Locale;

/** A picture for somebody who has none: initials on a colour that the name always gives. */
final class Avatar {
  private static final int INITIALS_MAX = 2;

  private Avatar() {}

  /** The picture as SVG text; it holds letters and digits of the names and nothing else of them. */
  static String svg(String name, String fullName) {
    int hue = Math.floorMod(name.toLowerCase(Locale.ROOT).hashCode(), 360);
    return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">\
        <rect width="64" height="64" fill="hsl(%d,45%%,45%%)"/>\
        <text x="32" y="32" dy=".35em" text-anchor="middle" font-family="sans-serif" \
        font-size="26" fill="#fff">%s</text></svg>
        """
        .formatted(hue, initials(fullName.isBlank() ? name : fullName));
  }

  private static String initials(String text) {
    var initials = new StringBuilder();
    boolean begins = true;
    for (int c : text.codePoints().toArray()) {
      boolean isPart = Character.isLetterOrDigit(c);
      if (isPart && begins && initials.codePointCount(0, initials.length()) < INITIALS_MAX) {
        initials.appendCodePoint(Character.toUpperCase(c));
      }
      begins = !isPart;
    }
    return initials.toString();
  }
}
