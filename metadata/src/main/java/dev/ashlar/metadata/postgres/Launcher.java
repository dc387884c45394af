package dev.ashlar.metadata.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts PostgreSQL programs as somebody who is not root, which they refuse to be.
 *
 * <p>An ordinary user starts them directly. For root there are two ways. In a user namespace of its
 * own the program keeps root's files, also inside a folder of mode 0700, and sees itself as nobody.
 * Where namespaces are forbidden (many containers) it runs as the user nobody, who then owns {@code
 * DIR/postgres} and must be able to reach it.
 */
final class Launcher {
  private static final int NOBODY = 65534;
  private static final List<String> NAMESPACE = List.of("unshare", "--user", "--");
  private static final List<String> OTHER_USER =
      List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--");

  private final List<String> prefix;
  private final boolean ownSession;

  private Launcher(List<String> prefix) {
    this.prefix = prefix;
    this.ownSession = succeeds(List.of("setsid", "true"));
  }

  /** Finds a way that works here. */
  static Launcher forThisUser(Path home) {
    if (!isRoot()) {
      return new Launcher(List.of());
    }
    return works(NAMESPACE) ? new Launcher(NAMESPACE) : asNobody(home);
  }

  /** As the user nobody: {@code home} and all below it will be his. */
  static Launcher asNobody(Path home) {
    if (!works(OTHER_USER)) {
      throw new PostgresFailed(
          "PostgreSQL refuses to run as root, and neither unshare nor setpriv works here:"
              + " start the server as an ordinary user.");
    }
    giveAllToNobody(home);
    if (!succeeds(with(OTHER_USER, List.of("test", "-x", home.toString())))) {
      throw new PostgresFailed(
          "PostgreSQL runs as the user nobody here, who cannot reach "
              + home
              + ": start the server as an ordinary user, or open the folders above it (mode 0711).");
    }
    return new Launcher(OTHER_USER);
  }

  /** A long-lived program, in its own session: Ctrl-C in a terminal is for the server alone. */
  Process startServer(List<String> command, Path log) throws IOException {
    var all = ownSession ? with(List.of("setsid"), command) : command;
    var builder = new ProcessBuilder(with(prefix, all));
    clean(builder);
    builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    var process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  /** Runs a program to its end; its output is the reason when it fails. */
  void run(List<String> command, String input) {
    var builder = new ProcessBuilder(with(prefix, command)).redirectErrorStream(true);
    clean(builder);
    try {
      var process = builder.start();
      try (var out = process.outputWriter()) {
        out.write(input);
      }
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new PostgresFailed(command.getFirst() + " failed: " + said.strip());
      }
    } catch (IOException failed) {
      throw new PostgresFailed(command.getFirst() + " cannot be started.", failed);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new PostgresFailed(command.getFirst() + " was interrupted.", stop);
    }
  }

  /** Gives a file or a whole folder to whom the programs run as. */
  void own(Path path) {
    if (prefix.equals(OTHER_USER)) {
      giveAllToNobody(path);
    }
  }

  private static void giveAllToNobody(Path path) {
    try (var below = Files.walk(path)) {
      below.forEach(Launcher::giveToNobody);
    } catch (IOException failed) {
      throw new PostgresFailed(path + " cannot be given to the user nobody.", failed);
    }
  }

  private static void giveToNobody(Path path) {
    try {
      Files.setAttribute(path, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException failed) {
      throw new PostgresFailed(path + " cannot be given to the user nobody.", failed);
    }
  }

  private static boolean isRoot() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException failed) {
      throw new PostgresFailed("The user of this process is unknown.", failed);
    }
  }

  private static boolean works(List<String> prefix) {
    return succeeds(with(prefix, List.of("true")));
  }

  private static boolean succeeds(List<String> command) {
    try {
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException missing) {
      return false;
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The server's environment may hold secrets, and variables that PostgreSQL would obey. */
  private static void clean(ProcessBuilder builder) {
    var path = builder.environment().getOrDefault("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    builder.environment().clear();
    builder.environment().put("PATH", path);
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("TZ", "UTC");
  }

  private static List<String> with(List<String> prefix, List<String> command) {
    var all = new ArrayList<>(prefix);
    all.addAll(command);
    return all;
  }
}
