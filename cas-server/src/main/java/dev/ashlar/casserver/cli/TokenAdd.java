package dev.ashlar.casserver.cli;

import dev.ashlar.casserver.Administration;
import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.account.Grant;
import dev.ashlar.hub.account.NewToken;
import dev.ashlar.hub.account.TokenScope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a token: for everything that its user may do, or for some places. */
@Command(
    name = "add",
    description = "Add a token and print it, alone, on standard output.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A read token reads what its user may read, a write token does what its user may",
      "do. A fine-grained token does so at the given places alone; elsewhere it is a",
      "stranger's, who sees what is public. It never opens more than its user may see.",
      "",
      "  ashlar token add ann --scope fine-grained --repo dataset/acme/prices:read",
      "  ashlar token add ann --scope fine-grained --namespace ann:write --expires P30D"
    })
final class TokenAdd extends AdminCommand {
  private static final int IMPORTED_TOKEN_BYTES_MAX = 1024;

  @Parameters(paramLabel = "USER", description = "Whose token it is.")
  private String user = "";

  @Option(
      names = "--scope",
      required = true,
      paramLabel = "read|write|fine-grained",
      description = "What the token is good for.")
  private String scope = "";

  @Option(
      names = "--repo",
      paramLabel = "TYPE/NS/NAME:read|write",
      description =
          "A repository that a fine-grained token is for; TYPE is model, dataset, space or kernel."
              + " Repeatable. With write, all that the user may do there.")
  private List<String> repos = new ArrayList<>();

  @Option(
      names = "--namespace",
      paramLabel = "NS:read|write",
      description =
          "A user or an organisation whose repositories, those to come included, a fine-grained"
              + " token is for. Repeatable. With write, it may make repositories too.")
  private List<String> namespaces = new ArrayList<>();

  @Option(
      names = "--expires",
      paramLabel = "DURATION|DATE",
      description =
          "When the token ends: P30D or PT12H from now, 2027-01-31 (0:00 UTC) or"
              + " 2027-01-31T12:00:00Z. Without it, never.")
  private String expires = "";

  @Option(names = "--name", paramLabel = "N", description = "What to call it in lists.")
  private String name = "cli";

  @Option(
      names = "--import",
      description = "Read a token of another hub from standard input and accept it here.")
  private boolean imported;

  @Override
  void run(Administration administration) throws IOException {
    var known =
        Words.choice(
            "--scope",
            scope,
            new String[] {TokenScope.READ.word(), TokenScope.WRITE.word(), TokenScope.FINE_GRAINED},
            word -> word);
    var end = expires.isEmpty() ? Optional.<Instant>empty() : Optional.of(End.of(expires));
    var token = new NewToken(name, everywhere(known), grants(administration), end, importedToken());
    System.out.println(administration.accounts().addToken(user, token));
  }

  private Optional<TokenScope> everywhere(String known) {
    boolean fine = known.equals(TokenScope.FINE_GRAINED);
    boolean hasPlaces = !repos.isEmpty() || !namespaces.isEmpty();
    if (fine != hasPlaces) {
      throw new ProblemException(
          new Invalid(
              "--scope",
              fine
                  ? "a fine-grained token needs --repo or --namespace"
                  : "--repo and --namespace belong to --scope fine-grained"));
    }
    if (fine) {
      return Optional.empty();
    }
    return Optional.of(known.equals("write") ? TokenScope.WRITE : TokenScope.READ);
  }

  private List<Grant> grants(Administration administration) {
    var grants = new ArrayList<Grant>();
    repos.forEach(text -> grants.add(administration.grants().repo(user, text)));
    namespaces.forEach(text -> grants.add(administration.grants().namespace(user, text)));
    return grants;
  }

  private Optional<String> importedToken() throws IOException {
    if (!imported) {
      return Optional.empty();
    }
    var bytes = System.in.readNBytes(IMPORTED_TOKEN_BYTES_MAX);
    return Optional.of(new String(bytes, StandardCharsets.UTF_8).strip());
  }
}
