package dev.ashlar.casserver;

import dev.ashlar.casserver.cli.CommandLines;

/** The entry of {@code ./ashlar}. */
public final class Main {
  private Main() {}

  /** Runs the command and ends with its exit code. */
  public static void main(String[] arguments) {
    System.exit(CommandLines.run(arguments));
  }
}
