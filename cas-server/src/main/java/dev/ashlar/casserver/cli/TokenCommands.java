package dev.ashlar.casserver.cli;

import dev.ashlar.casserver.Administration;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Commands about access tokens. */
@Command(
    name = "token",
    description = "Add, list and revoke access tokens.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {TokenAdd.class, TokenCommands.ListAll.class, TokenCommands.Revoke.class})
final class TokenCommands {
  @Command(
      name = "list",
      description = "List tokens: id, user, scope, name, creation time, end.",
      mixinStandardHelpOptions = true)
  static final class ListAll extends AdminCommand {
    @Override
    void run(Administration administration) {
      for (var token : administration.accounts().listTokens()) {
        row(
            token.id(),
            token.user(),
            token.scope(),
            token.name(),
            token.createdAt(),
            token.expiresAt().map(Instant::toString).orElse("never"));
      }
    }
  }

  @Command(
      name = "revoke",
      description = "Revoke a token by the id that 'token list' shows.",
      mixinStandardHelpOptions = true)
  static final class Revoke extends AdminCommand {
    @Parameters(paramLabel = "ID", description = "The id of the token.")
    private String id = "";

    @Override
    void run(Administration administration) {
      administration.accounts().revokeToken(id);
    }
  }
}
