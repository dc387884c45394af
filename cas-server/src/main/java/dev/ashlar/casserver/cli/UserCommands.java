package dev.ashlar.casserver.cli;

import dev.ashlar.casserver.Administration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands about people. */
@Command(
    name = "user",
    description = "Add and list users.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {UserCommands.Add.class, UserCommands.ListAll.class})
final class UserCommands {
  @Command(name = "add", description = "Add a user.", mixinStandardHelpOptions = true)
  static final class Add extends AdminCommand {
    @Parameters(paramLabel = "NAME", description = "2-42 letters, digits and single hyphens.")
    private String name = "";

    @Option(names = "--full-name", paramLabel = "T", description = "The name for people.")
    private String fullName = "";

    @Option(names = "--email", paramLabel = "E", description = "The address in commits.")
    private String email = "";

    @Option(names = "--admin", description = "Make an administrator of this installation.")
    private boolean admin;

    @Option(
        names = "--import",
        description = "Accept a name from another hub that the rule for new names refuses.")
    private boolean imported;

    @Override
    void run(Administration administration) {
      administration.accounts().addUser(name, fullName, email, admin, imported);
    }
  }

  @Command(
      name = "list",
      description = "List users: name, full name, e-mail, admin or user.",
      mixinStandardHelpOptions = true)
  static final class ListAll extends AdminCommand {
    @Override
    void run(Administration administration) {
      for (var user : administration.accounts().listUsers()) {
        row(user.name(), user.fullName(), user.email(), user.admin() ? "admin" : "user");
      }
    }
  }
}
