package dev.ashlar.casserver.cli;

import dev.ashlar.casserver.Administration;
import dev.ashlar.hub.account.TokenScope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands about access tokens. */
@Command(
    name = "token",
    description = "Add, list and revoke access tokens.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      TokenCommands.Add.class,
      TokenCommands.ListAll.class,
      TokenCommands.Revoke.class
    })
final class TokenCommands {
  private static final int IMPORTED_TOKEN_BYTES_MAX = 1024;

  @Command(
      name = "add",
      description = "Add a token and print it, alone, on standard output.",
      mixinStandardHelpOptions = true)
  static final class Add extends AdminCommand {
    @Parameters(paramLabel = "USER", description = "Whose token it is.")
    private String user = "";

    @Option(
        names = "--scope",
        required = true,
        paramLabel = "read|write",
        description = "What the token is good for.")
    private String scope = "";

    @Option(names = "--name", paramLabel = "N", description = "What to call it in lists.")
    private String name = "cli";

    @Option(
        names = "--import",
        description = "Read a token of another hub from standard input and accept it here.")
    private boolean imported;

    @Override
    void run(Administration administration) throws IOException {
      var text = imported ? Optional.of(readToken()) : Optional.<String>empty();
      System.out.println(administration.accounts().addToken(user, scope(), name, text));
    }

    private TokenScope scope() {
      return Words.choice("--scope", scope, TokenScope.values(), TokenScope::word);
    }

    private static String readToken() throws IOException {
      var bytes = System.in.readNBytes(IMPORTED_TOKEN_BYTES_MAX);
      return new String(bytes, StandardCharsets.UTF_8).strip();
    }
  }

  @Command(
      name = "list",
      description = "List tokens: id, user, scope, name, creation time.",
      mixinStandardHelpOptions = true)
  static final class ListAll extends AdminCommand {
    @Override
    void run(Administration administration) {
      for (var token : administration.accounts().listTokens()) {
        row(token.id(), token.user(), token.scope().word(), token.name(), token.createdAt());
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
