package dev.ashlar.casserver.cli;

import dev.ashlar.casserver.config.BadConfiguration;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.metadata.DatabaseUnreachable;
import dev.ashlar.metadata.postgres.DataFolderBusy;
import dev.ashlar.metadata.postgres.PostgresFailed;
import dev.ashlar.web.BuildVersion;
import dev.ashlar.web.Problems;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParseResult;

/** The root of the command line: parses, runs, and turns what went wrong into one sentence. */
@Command(
    name = "ashlar",
    description = "A self-hosted hub for models and datasets on one deduplicated Xet store.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ServeCommand.class,
      GatewayCommand.class,
      UserCommands.class,
      TokenCommands.class,
      OrgCommands.class,
      DoctorCommand.class,
      HelpCommand.class
    },
    footer = {
      "",
      "Every command has its own --help. Settings may also come from ASHLAR_*",
      "variables or a properties file: docs/configuration.md lists them all.",
      "Exit codes: 0 done, 1 refused, 2 wrong usage, 69 no JDK, 73 data folder in use,",
      "74 input or output failed, 78 wrong configuration."
    })
public final class CommandLines {
  private static final int REFUSED = 1;
  private static final int BUSY = 73;
  private static final int IO = 74;
  private static final int CONFIGURATION = 78;

  private CommandLines() {}

  /** Runs the command of these words and returns its exit code. */
  public static int run(String[] words) {
    var line = new CommandLine(new CommandLines());
    line.getCommandSpec().version("ashlar " + BuildVersion.text());
    Configured.addOptions(line.getCommandSpec());
    line.setExecutionExceptionHandler(CommandLines::explain);
    line.setExecutionStrategy(
        parsed -> {
          var asked = line.getParseResult();
          if (!asked.hasSubcommand() && asked.matchedOptions().isEmpty()) {
            line.usage(line.getErr());
            return CommandLine.ExitCode.USAGE;
          }
          return new CommandLine.RunLast().execute(parsed);
        });
    return line.execute(words);
  }

  private static int explain(Exception error, CommandLine line, ParseResult parsed)
      throws Exception {
    return switch (error) {
      case BadConfiguration bad ->
          say(line.getErr(), String.valueOf(bad.getMessage()), CONFIGURATION);
      case DataFolderBusy busy -> say(line.getErr(), String.valueOf(busy.getMessage()), BUSY);
      case PostgresFailed failed -> say(line.getErr(), String.valueOf(failed.getMessage()), IO);
      case DatabaseUnreachable unreachable ->
          say(line.getErr(), String.valueOf(unreachable.getMessage()), IO);
      case ProblemException problem ->
          say(line.getErr(), Problems.sentence(problem.problem()), REFUSED);
      case IOException io -> say(line.getErr(), "Input or output failed: " + io, IO);
      default -> throw error;
    };
  }

  private static int say(PrintWriter out, String sentence, int exitCode) {
    out.println("ashlar: " + sentence);
    out.flush();
    return exitCode;
  }
}
