package dev.ashlar.casserver.cli;

import dev.ashlar.casserver.Doctor;
import dev.ashlar.casserver.config.Setting;
import java.util.List;
import picocli.CommandLine.Command;

/** Tells what this machine has. */
@Command(
    name = "doctor",
    description = {
      "Tell what a server would find here: Java, ways to hash and how fast they are, data folder,",
      "database. Takes some seconds and changes nothing; ends with 1 when something is wrong."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class DoctorCommand extends Configured {
  @Override
  List<Setting> settings() {
    return List.of(
        Setting.DATA,
        Setting.DATABASE_URL,
        Setting.DATABASE_USER,
        Setting.DATABASE_PASSWORD_FILE,
        Setting.BLAKE3_LIBRARY);
  }

  @Override
  public Integer call() throws Exception {
    var diagnosis = Doctor.examine(config());
    diagnosis.lines().forEach(System.out::println);
    return diagnosis.healthy() ? 0 : 1;
  }
}
