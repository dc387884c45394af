package dev.ashlar.web;

import java.util.regex.Pattern;

/** A path as a log may hold it: one line of printable ASCII, and without the secrets of tokens. */
public final class LoggedPath {
  private static final Pattern SECRET = Pattern.compile("\\b((?:inv|hf)_)[0-9A-Za-z]{20,}");

  private LoggedPath() {}

  /** The text for the log. */
  public static String of(String path) {
    return SECRET.matcher(Problems.headerValue(path)).replaceAll("$1...");
  }
}
