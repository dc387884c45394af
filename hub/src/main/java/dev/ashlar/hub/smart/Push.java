package dev.ashlar.hub.smart;

import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.git.HubRepository;
import dev.ashlar.hub.git.RefusedPackException;
import dev.ashlar.web.Problems;
import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.errors.TooLargePackException;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceiveCommandErrorHandler;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.UnpackErrorHandler;

/** One push as JGit receives it, with sentences for what may go wrong. */
final class Push extends ReceivePack {
  private static final System.Logger LOG = System.getLogger(Push.class.getName());

  Push(HubRepository repository, long commandBytesMax, long packBytesMax) {
    super(repository);
    setBiDirectionalPipe(false);
    setAllowCreates(true);
    setAllowDeletes(true);
    setAllowBranchDeletes(true);
    setAllowNonFastForwards(true);
    setMaxCommandBytes(commandBytesMax);
    setMaxPackSizeLimit(packBytesMax);
    connectivityChecker = (_, _, _) -> {}; // PushRules walks the new objects, once
    setReceiveCommandErrorHandler(
        new ReceiveCommandErrorHandler() {
          @Override
          public void handleBatchRefUpdateException(
              List<ReceiveCommand> commands, IOException failure) {
            notStored(commands, failure);
          }
        });
    UnpackErrorHandler told = getUnpackErrorHandler();
    setUnpackErrorHandler(
        failure -> told.handleUnpackException(new IOException(sentence(failure), failure)));
  }

  private static void notStored(List<ReceiveCommand> commands, IOException failure) {
    LOG.log(Level.WARNING, "push failed", failure);
    for (var command : ReceiveCommand.filter(commands, ReceiveCommand.Result.NOT_ATTEMPTED)) {
      command.setResult(
          ReceiveCommand.Result.REJECTED_OTHER_REASON, "the objects could not be stored");
    }
  }

  /** What the hooks of the transaction refuse is an answer like any other. */
  @Override
  protected void executeCommands() {
    try {
      super.executeCommands();
    } catch (ProblemException e) {
      for (var command : filterCommands(ReceiveCommand.Result.NOT_ATTEMPTED)) {
        command.setResult(
            ReceiveCommand.Result.REJECTED_OTHER_REASON, Problems.sentence(e.problem()));
      }
    }
  }

  private static String sentence(Throwable failure) {
    return switch (failure) {
      case RefusedPackException refused -> String.valueOf(refused.getMessage());
      case TooLargePackException tooLarge -> "the pack is too large: " + tooLarge.getMessage();
      case TooLargeObjectInPackException tooLarge ->
          "an object is too large: " + tooLarge.getMessage() + "; keep such files in Git LFS";
      case CorruptObjectException corrupt -> "the pack is damaged: " + corrupt.getMessage();
      case MissingObjectException missing -> "the pack is incomplete: " + missing.getMessage();
      case EOFException end -> "the pack is cut off: " + end.getMessage();
      case OutOfMemoryError _ -> "the pack needs too much memory";
      default -> {
        LOG.log(Level.INFO, "push refused: its pack cannot be read", failure);
        yield "the pack cannot be read: " + failure.getMessage();
      }
    };
  }
}
