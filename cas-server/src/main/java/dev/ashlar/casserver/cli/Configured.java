package dev.ashlar.casserver.cli;

import dev.ashlar.casserver.config.BadConfiguration;
import dev.ashlar.casserver.config.ServerConfig;
import dev.ashlar.casserver.config.Setting;
import dev.ashlar.casserver.config.SettingSources;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that reads settings; each setting it names becomes an option of its own. */
abstract class Configured implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "A properties file with settings (also: ASHLAR_CONFIG).")
  private @Nullable Path configFile;

  /** The settings that this command reads, in the order of its help. */
  abstract List<Setting> settings();

  /** Adds the options; called once before parsing. */
  static void addOptions(CommandSpec command) {
    if (command.userObject() instanceof Configured configured) {
      for (var setting : configured.settings()) {
        var preset = setting.preset().isEmpty() ? "" : " Default: " + setting.preset() + ".";
        command.addOption(
            OptionSpec.builder("--" + setting.key())
                .paramLabel(setting.value())
                .type(String.class)
                .description(setting.meaning() + preset)
                .build());
      }
    }
    command.subcommands().values().forEach(child -> addOptions(child.getCommandSpec()));
  }

  /** The configuration from flags, environment and file. */
  ServerConfig config() {
    var file =
        Optional.ofNullable(configFile)
            .or(() -> Optional.ofNullable(System.getenv("ASHLAR_CONFIG")).map(Path::of));
    return ServerConfig.of(
        SettingSources.merge(
            flags(), System.getenv(), file.map(SettingSources::fromFile).orElse(Map.of())));
  }

  private Map<Setting, String> flags() {
    var flags = new EnumMap<Setting, String>(Setting.class);
    var parsed = command().commandLine().getParseResult();
    for (var setting : settings()) {
      var option = "--" + setting.key();
      if (parsed.hasMatchedOption(option)) {
        flags.put(setting, parsed.matchedOptionValue(option, ""));
      }
    }
    return flags;
  }

  private CommandSpec command() {
    if (spec == null) {
      throw new BadConfiguration("The command was not parsed.");
    }
    return spec;
  }
}
