package dev.ashlar.casserver;

import dev.ashlar.casserver.config.BadConfiguration;
import dev.ashlar.casserver.config.ServerConfig;
import dev.ashlar.core.hash.HasherChoice;
import dev.ashlar.core.hash.HasherChoice.Outcome;
import dev.ashlar.core.xorb.CodecKernels;
import dev.ashlar.metadata.DatabaseUnreachable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks at what a server would find on this machine; changes nothing. */
public final class Doctor {
  /**
   * What was found, a line each.
   *
   * @param healthy false when something is wrong that the configuration asks for
   */
  public record Diagnosis(List<String> lines, boolean healthy) {
    public Diagnosis {
      lines = List.copyOf(lines);
    }
  }

  private static final long MEBIBYTE = 1 << 20;

  private final ServerConfig config;
  private final List<String> lines = new ArrayList<>();
  private boolean healthy = true;

  private Doctor(ServerConfig config) {
    this.config = config;
  }

  /** Takes some seconds: every way to hash is tried and measured. */
  public static Diagnosis examine(ServerConfig config) throws IOException {
    var doctor = new Doctor(config);
    doctor.machine();
    doctor.hashers();
    doctor.dataFolder();
    doctor.database();
    return new Diagnosis(doctor.lines, doctor.healthy);
  }

  private void machine() {
    var runtime = Runtime.getRuntime();
    say("java", Runtime.version() + ", " + System.getProperty("java.vendor"));
    say(
        "machine",
        "%s, %d cores, heap of at most %d MiB"
            .formatted(
                System.getProperty("os.arch"),
                runtime.availableProcessors(),
                runtime.maxMemory() / MEBIBYTE));
  }

  private void hashers() {
    var report = HasherChoice.tryAll(config.blake3Library().map(Path::toString));
    for (var finding : report.findings()) {
      say("blake3", Kernels.text(finding));
      boolean asked = config.blake3Library().isPresent() && finding.name().equals("native");
      healthy &= finding.outcome() != Outcome.WRONG;
      healthy &= !asked || finding.outcome() != Outcome.ABSENT;
    }
    say("blake3", "a server here uses " + report.chosen().name());
    for (var codec : CodecKernels.choose()) {
      say(codec.kernel(), "a server here uses " + Kernels.text(codec));
      healthy &= !codec.wrong();
    }
  }

  private void dataFolder() throws IOException {
    var folder = config.data();
    if (!Files.isDirectory(folder)) {
      say("data", folder + " is not there yet");
      return;
    }
    var free = Files.getFileStore(folder).getUsableSpace() / MEBIBYTE;
    boolean writable = Files.isWritable(folder);
    healthy &= writable;
    say("data", folder + (writable ? ", " + free + " MiB free" : " cannot be written"));
  }

  private void database() throws IOException {
    try (var _ = Administration.open(config)) {
      say("database", "reachable");
    } catch (BadConfiguration none) {
      say("database", String.valueOf(none.getMessage()));
    } catch (DatabaseUnreachable unreachable) {
      healthy &= config.database().isEmpty();
      say(
          "database",
          config.database().isEmpty()
              ? "the embedded one runs only beside its server"
              : String.valueOf(unreachable.getMessage()));
    }
  }

  private void say(String what, String found) {
    lines.add("%-9s %s".formatted(what, found));
  }
}
