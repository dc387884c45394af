package dev.ashlar.casserver.cli;

import dev.ashlar.casserver.Administration;
import dev.ashlar.hub.org.Role;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands about organisations. */
@Command(
    name = "org",
    description = "Add organisations and members.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {OrgCommands.Add.class, OrgCommands.Member.class})
final class OrgCommands {
  private static final Role[] MEMBER_ROLES = {Role.READ, Role.CONTRIBUTOR, Role.WRITE, Role.ADMIN};

  @Command(name = "add", description = "Add an organisation.", mixinStandardHelpOptions = true)
  static final class Add extends AdminCommand {
    @Parameters(paramLabel = "NAME", description = "2-42 letters, digits and single hyphens.")
    private String name = "";

    @Option(names = "--full-name", paramLabel = "T", description = "The name for people.")
    private String fullName = "";

    @Option(names = "--default-private", description = "Make new repositories private.")
    private boolean defaultPrivate;

    @Option(
        names = "--import",
        description = "Accept a name from another hub that the rule for new names refuses.")
    private boolean imported;

    @Override
    void run(Administration administration) {
      administration.orgs().add(name, fullName, defaultPrivate, imported);
    }
  }

  @Command(
      name = "member",
      description = "Change the members of an organisation.",
      mixinStandardHelpOptions = true,
      synopsisSubcommandLabel = "COMMAND",
      subcommands = MemberAdd.class)
  static final class Member {}

  @Command(
      name = "add",
      description = "Add a member, or give a member another role.",
      mixinStandardHelpOptions = true)
  static final class MemberAdd extends AdminCommand {
    @Parameters(index = "0", paramLabel = "ORG", description = "The organisation.")
    private String org = "";

    @Parameters(index = "1", paramLabel = "USER", description = "The user.")
    private String user = "";

    @Option(
        names = "--role",
        required = true,
        paramLabel = "read|contributor|write|admin",
        description = "What the member may do.")
    private String role = "";

    @Override
    void run(Administration administration) {
      administration
          .orgs()
          .putMember(org, user, Words.choice("--role", role, MEMBER_ROLES, Role::word));
    }
  }
}
