package dev.ashlar.hub.git;

import static org.eclipse.jgit.transport.ReceiveCommand.Result.LOCK_FAILURE;
import static org.eclipse.jgit.transport.ReceiveCommand.Result.NOT_ATTEMPTED;
import static org.eclipse.jgit.transport.ReceiveCommand.Result.OK;
import static org.eclipse.jgit.transport.ReceiveCommand.Result.REJECTED_MISSING_OBJECT;
import static org.eclipse.jgit.transport.ReceiveCommand.Result.REJECTED_NONFASTFORWARD;
import static org.eclipse.jgit.transport.ReceiveCommand.Result.REJECTED_OTHER_REASON;

import dev.ashlar.hub.git.RefChange.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.BatchRefUpdate;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.jspecify.annotations.Nullable;

/**
 * Several ref updates in one transaction, with all packs that the repository object has written. A
 * command whose ref moved meanwhile gets LOCK_FAILURE; when the batch is atomic, which is the
 * default, the others are aborted.
 */
final class RefBatch extends BatchRefUpdate {
  private final HubRepository repository;

  RefBatch(HubRefs refs, HubRepository repository) {
    super(refs);
    this.repository = repository;
  }

  @Override
  public void execute(RevWalk walk, ProgressMonitor monitor, @Nullable List<String> options)
      throws IOException {
    if (options != null) {
      setPushOptions(options);
    }
    if (!blockUntilTimestamps(MAX_WAIT)) {
      return;
    }
    for (var command : open()) {
      var refusal = refusal(walk, command);
      if (refusal.isPresent()) {
        refuse(command, refusal.get());
        if (isAtomic()) {
          ReceiveCommand.abort(getCommands());
          return;
        }
      }
    }
    var commands = open();
    if (!commands.isEmpty()) {
      monitor.beginTask("Updating references", commands.size());
      publish(walk, commands);
      monitor.update(commands.size());
      monitor.endTask();
    }
  }

  private static void refuse(ReceiveCommand command, ReceiveCommand.Result refusal) {
    if (refusal == REJECTED_OTHER_REASON) {
      command.setResult(refusal, "the name of the ref is not allowed");
    } else {
      command.setResult(refusal);
    }
  }

  private List<ReceiveCommand> open() {
    return ReceiveCommand.filter(getCommands(), NOT_ATTEMPTED);
  }

  private Optional<ReceiveCommand.Result> refusal(RevWalk walk, ReceiveCommand command)
      throws IOException {
    var newId = command.getNewId();
    if (command.getNewSymref() == null && newId.equals(ObjectId.zeroId())) {
      return Optional.empty();
    }
    if (!Repository.isValidRefName(command.getRefName()) && !command.getRefName().equals("HEAD")) {
      return Optional.of(REJECTED_OTHER_REASON);
    }
    try {
      if (!newId.equals(ObjectId.zeroId())) {
        walk.parseAny(newId);
      }
    } catch (MissingObjectException _) {
      return Optional.of(REJECTED_MISSING_OBJECT);
    }
    if (!isAllowNonFastForwards() && command.getType() == ReceiveCommand.Type.UPDATE) {
      try {
        command.updateType(walk);
      } catch (MissingObjectException _) {
        return Optional.of(LOCK_FAILURE);
      }
    }
    return !isAllowNonFastForwards()
            && command.getType() == ReceiveCommand.Type.UPDATE_NONFASTFORWARD
        ? Optional.of(REJECTED_NONFASTFORWARD)
        : Optional.empty();
  }

  private void publish(RevWalk walk, List<ReceiveCommand> commands) throws IOException {
    var changes = new ArrayList<RefChange>();
    for (var command : commands) {
      changes.add(
          new RefChange(
              command.getRefName(),
              state(walk, command.getOldId(), command.getOldSymref()),
              state(walk, command.getNewId(), command.getNewSymref())));
    }
    var outcomes = repository.publish(changes, isAtomic());
    for (var i = 0; i < outcomes.size(); i++) {
      set(commands.get(i), outcomes.get(i));
    }
    ReceiveCommand.abort(commands);
  }

  private static void set(ReceiveCommand command, Outcome outcome) {
    switch (outcome) {
      case MOVED -> command.setResult(OK);
      case LOST -> command.setResult(LOCK_FAILURE);
      case NAME_CONFLICT ->
          command.setResult(LOCK_FAILURE, "another ref's name is in the way of this one");
      case ABANDONED -> {}
    }
  }

  private static RefState state(RevWalk walk, ObjectId id, @Nullable String target)
      throws IOException {
    if (target != null) {
      return new RefState.Symbolic(target);
    }
    if (id.equals(ObjectId.zeroId())) {
      return new RefState.Absent();
    }
    return new RefState.Direct(id.copy(), peeled(walk, id));
  }

  /**
   * What an annotated tag points to; an expected old object may be missing and needs no peeling.
   */
  private static Optional<ObjectId> peeled(RevWalk walk, ObjectId id) throws IOException {
    try {
      return walk.parseAny(id) instanceof RevTag tag
          ? Optional.of(walk.peel(tag).copy())
          : Optional.empty();
    } catch (MissingObjectException _) {
      return Optional.empty();
    }
  }
}
