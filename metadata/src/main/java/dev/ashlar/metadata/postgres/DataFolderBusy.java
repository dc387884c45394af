package dev.ashlar.metadata.postgres;

import java.nio.file.Path;

/** Another server works on this data folder; the message is a sentence for the operator. */
public final class DataFolderBusy extends RuntimeException {
  private static final long serialVersionUID = 1;

  DataFolderBusy(Path folder) {
    super("Another Ashlar server already uses the data folder " + folder + ".");
  }
}
