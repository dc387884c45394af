package dev.ashlar.hub.smart;

import dev.ashlar.hub.git.HubRepository;
import dev.ashlar.hub.repo.PullRef;
import dev.ashlar.hub.repo.RepoDoor;
import dev.ashlar.hub.repo.Visit;
import dev.ashlar.hub.tree.RefNames;
import dev.ashlar.web.Problems;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.transport.ReceiveCommand;

/** Which refs a push may make, move and delete. */
final class RefRules {
  private static final int COMMANDS_MAX = 5_000;
  private static final int REFS_MAX = 50_000;

  private final String defaultRef;
  private final Visit visit;
  private final RepoDoor door;
  private final Optional<String> noWriter;
  private final int commands;
  private final long refs;

  private RefRules(Visit visit, RepoDoor door, int commands, long refs) {
    this.defaultRef = Constants.R_HEADS + visit.repo().defaultBranch();
    this.visit = visit;
    this.door = door;
    this.noWriter = refusal(defaultRef);
    this.commands = commands;
    this.refs = refs;
  }

  /** The rules for so many commands on a repository. */
  static RefRules of(HubRepository repo, Visit visit, RepoDoor door, int commands)
      throws IOException {
    long refs =
        repo.getRefDatabase().getRefs().stream()
            .filter(ref -> PullRef.of(ref.getName()).isEmpty())
            .count();
    return new RefRules(visit, door, commands, refs);
  }

  /** Why the command may not be carried out, whatever its objects are. */
  Optional<String> refusal(ReceiveCommand command) {
    if (commands > COMMANDS_MAX) {
      return Optional.of("a push changes at most " + COMMANDS_MAX + " refs");
    }
    if (command.getType() == ReceiveCommand.Type.CREATE && refs + commands > REFS_MAX) {
      return Optional.of("a repository has at most " + REFS_MAX + " refs");
    }
    return rule(command).or(() -> right(command.getRefName()));
  }

  private Optional<String> rule(ReceiveCommand command) {
    var name = command.getRefName();
    if (name.startsWith(Constants.R_HEADS)) {
      return branch(command, name.substring(Constants.R_HEADS.length()));
    }
    if (name.startsWith(Constants.R_TAGS)) {
      return plain(command, name.substring(Constants.R_TAGS.length()), "tag");
    }
    return PullRef.of(name).isPresent()
        ? pull(command)
        : Optional.of("only branches, tags and pull requests take pushes");
  }

  private Optional<String> right(String ref) {
    return PullRef.of(ref).isPresent() ? refusal(ref) : noWriter;
  }

  private Optional<String> refusal(String ref) {
    return door.refusal(visit, ref).map(Problems::sentence);
  }

  private Optional<String> branch(ReceiveCommand command, String name) {
    return command.getType() == ReceiveCommand.Type.DELETE
            && command.getRefName().equals(defaultRef)
        ? Optional.of("the default branch cannot be deleted")
        : plain(command, name, "branch");
  }

  private static Optional<String> plain(ReceiveCommand command, String name, String what) {
    return command.getType() == ReceiveCommand.Type.CREATE && !RefNames.isPlain(name)
        ? Optional.of("'" + name + "' is no name for a " + what)
        : Optional.empty();
  }

  private static Optional<String> pull(ReceiveCommand command) {
    return switch (command.getType()) {
      case CREATE -> Optional.of("a pull request is opened over HTTP, not by a push");
      case DELETE -> Optional.of("a pull request is closed, not deleted");
      case UPDATE, UPDATE_NONFASTFORWARD -> Optional.empty();
    };
  }
}
