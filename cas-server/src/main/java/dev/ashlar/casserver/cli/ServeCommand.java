package dev.ashlar.casserver.cli;

import dev.ashlar.casserver.Wiring;
import dev.ashlar.casserver.config.Setting;
import java.util.List;
import picocli.CommandLine.Command;

/** Runs the whole server in one process until it is told to stop. */
@Command(
    name = "serve",
    description = "Run the hub, the Xet store and the gateway in one process.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ServeCommand extends Configured {
  @Override
  List<Setting> settings() {
    return List.of(Setting.values());
  }

  @Override
  public Integer call() throws Exception {
    return Serving.untilStopped(Wiring.serve(config()));
  }
}
