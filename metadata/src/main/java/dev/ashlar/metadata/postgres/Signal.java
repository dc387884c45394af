package dev.ashlar.metadata.postgres;

import java.io.IOException;

/** Signals that Java cannot send itself; INT makes PostgreSQL stop fast, QUIT at once. */
enum Signal {
  INT,
  QUIT,
  KILL;

  /** Sends it; a process that is gone already is what was wanted. */
  void send(long pid) {
    try {
      new ProcessBuilder("sh", "-c", "kill -" + name() + " " + pid)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException failed) {
      throw new PostgresFailed("No shell to send a signal with.", failed);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
