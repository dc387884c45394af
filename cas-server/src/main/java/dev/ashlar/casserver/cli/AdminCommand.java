package dev.ashlar.casserver.cli;

import dev.ashlar.casserver.Administration;
import dev.ashlar.casserver.config.Setting;
import java.io.IOException;
import java.util.List;

/** A command that works on the database of an installation, beside its running server. */
abstract class AdminCommand extends Configured {
  @Override
  List<Setting> settings() {
    return List.of(
        Setting.DATA, Setting.DATABASE_URL, Setting.DATABASE_USER, Setting.DATABASE_PASSWORD_FILE);
  }

  /** Does the work. */
  abstract void run(Administration administration) throws IOException;

  @Override
  public Integer call() throws IOException {
    try (var administration = Administration.open(config())) {
      run(administration);
      return 0;
    }
  }

  /** Prints a table's row: fields with tabs between them. */
  static void row(Object... fields) {
    var line = new StringBuilder();
    for (var field : fields) {
      line.append(line.isEmpty() ? "" : "\t").append(field);
    }
    System.out.println(line);
  }
}
