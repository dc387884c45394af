package dev.ashlar.bench.jmh;

import java.io.IOException;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the benches of this package with JMH's own options, and tells what a call allocates. {@code
 * bench/jmh} starts it.
 */
public final class Kernels {
  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  private Kernels() {}

  /** Takes JMH's options and regular expressions of names. */
  public static void main(String[] words) throws IOException {
    try {
      Parameters.require(words);
      run(new CommandLineOptions(words));
    } catch (CommandLineOptionException | IllegalArgumentException e) {
      end(MISUSED, String.valueOf(e.getMessage()));
    } catch (NoBenchmarksException _) {
      end(MISUSED, "no bench has such a name; bench/jmh --list shows them");
    } catch (RunnerException e) {
      end(FAILED, String.valueOf(e.getMessage()));
    }
  }

  private static void run(CommandLineOptions asked) throws IOException, RunnerException {
    var runner = new Runner(options(asked));
    if (asked.shouldHelp()) {
      asked.showHelp();
    } else if (asked.shouldListWithParams()) {
      runner.listWithParams(asked);
    } else if (asked.shouldList()) {
      runner.list();
    } else {
      var _ = runner.run();
    }
  }

  private static Options options(CommandLineOptions asked) {
    var options =
        new OptionsBuilder().parent(asked).addProfiler(GCProfiler.class).shouldFailOnError(true);
    if (!asked.getParameter(Blake3Bench.HASHER).hasValue()) {
      options.param(Blake3Bench.HASHER, Blake3Bench.available().toArray(String[]::new));
    }
    return options.build();
  }

  private static void end(int code, String sentence) {
    System.err.println("bench/jmh: " + sentence);
    System.exit(code);
  }
}
