package dev.ashlar.casserver.cli;

import dev.ashlar.casserver.Wiring;
import dev.ashlar.casserver.config.Setting;
import java.util.List;
import picocli.CommandLine.Command;

/** Runs the gateway alone. */
@Command(
    name = "gateway",
    description = {
      "Run the gateway alone: it checks signed URLs and serves bytes.",
      "It reads the objects and URL keys of the data folder, and the database."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class GatewayCommand extends Configured {
  @Override
  List<Setting> settings() {
    return List.of(
        Setting.DATA,
        Setting.LISTEN,
        Setting.PUBLIC_URL,
        Setting.DATABASE_URL,
        Setting.DATABASE_USER,
        Setting.DATABASE_PASSWORD_FILE,
        Setting.SIGNED_URL_LIFETIME,
        Setting.STALL_TIMEOUT);
  }

  @Override
  public Integer call() throws Exception {
    return Serving.untilStopped(Wiring.gateway(config()));
  }
}
