package dev.ashlar.hub.smart;

import dev.ashlar.core.fault.CrashPoints;
import dev.ashlar.hub.card.Cards;
import dev.ashlar.hub.git.HubRepository;
import dev.ashlar.hub.git.RefusedPackException;
import dev.ashlar.hub.repo.RepoDoor;
import dev.ashlar.hub.repo.Visit;
import dev.ashlar.hub.tree.BlobShapes;
import dev.ashlar.hub.tree.HeldFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.function.Consumer;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceiveCommand.Result;

/**
 * What a push must keep to: the same as a commit over HTTP. Each command is judged by itself; its
 * report gets the first reason, the pusher's terminal all of them.
 */
final class PushRules {
  private final RepoDoor door;
  private final HeldFiles held;
  private final BlobShapes shapes;
  private final TreeSizes sizes = new TreeSizes();
  private final long lfsBytesMin;

  PushRules(RepoDoor door, HeldFiles held, BlobShapes shapes, long lfsBytesMin) {
    this.door = door;
    this.held = held;
    this.shapes = shapes;
    this.lfsBytesMin = lfsBytesMin;
  }

  /** Rejects what is against a rule, and lets the update keep the large files that are named. */
  void check(
      HubRepository repo,
      Visit visit,
      ReceivedObjects received,
      Collection<ReceiveCommand> commands,
      Consumer<String> message) {
    try (var reader = repo.newObjectReader()) {
      var refs = RefRules.of(repo, visit, door, commands.size());
      var objects = new NewObjects(repo, reader, received, shapes, sizes, lfsBytesMin);
      var files = new NamedFiles(held, repo.repoId());
      for (var command : commands) {
        var findings = new Findings();
        refs.refusal(command).ifPresent(findings::add);
        if (findings.isEmpty() && command.getType() != ReceiveCommand.Type.DELETE) {
          objects(command, objects, files, findings);
        }
        if (findings.isEmpty()) {
          warn(repo, visit, command, message);
        } else {
          command.setResult(Result.REJECTED_OTHER_REASON, findings.first());
          findings.tell(command.getRefName(), message);
        }
      }
      files.keep(repo);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    CrashPoints.pass("push.checked");
  }

  private static void objects(
      ReceiveCommand command, NewObjects objects, NamedFiles files, Findings findings)
      throws IOException {
    try {
      var pointers = objects.check(command, findings);
      if (findings.isEmpty()) {
        files.add(command.getRefName(), pointers, findings);
      }
      if (findings.isEmpty()) {
        objects.accepted(command);
      }
    } catch (MissingObjectException e) {
      findings.add("object " + e.getObjectId().name() + " is missing");
    } catch (RefusedPackException | CorruptObjectException | IncorrectObjectTypeException e) {
      findings.add(String.valueOf(e.getMessage()));
    }
  }

  /** A card that is not understood is no reason to refuse it. */
  private static void warn(
      HubRepository repo, Visit visit, ReceiveCommand command, Consumer<String> message)
      throws IOException {
    if (command.getType() == ReceiveCommand.Type.DELETE
        || !command.getRefName().equals(repo.getFullBranch())) {
      return;
    }
    try (var reader = repo.newObjectReader();
        var walk = new RevWalk(reader)) {
      var before = readme(walk, command.getOldId());
      var after = readme(walk, command.getNewId());
      if (!after.equals(before)) {
        for (var warning : Cards.warnings(after, visit.repo().type())) {
          message.accept("warning: README.md: " + warning);
        }
      }
    }
  }

  private static String readme(RevWalk walk, ObjectId commit) throws IOException {
    return commit.equals(ObjectId.zeroId())
        ? ""
        : Cards.rootFiles(walk.getObjectReader(), walk.parseCommit(commit).getTree()).readme();
  }
}
