package dev.ashlar.casserver.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** Brings flags, environment and a properties file together; unknown keys are refused. */
public final class SettingSources {
  /** Names in the environment that belong to the launcher, to the file itself or to tests. */
  private static final Set<String> OTHER_VARIABLES =
      Set.of("ASHLAR_JAVA_HOME", "ASHLAR_JAVA_OPTIONS", "ASHLAR_CONFIG");

  private static final String TEST_PREFIX = "ASHLAR_TEST_";

  private SettingSources() {}

  /** The text of every setting, from the first source that has it, or its default. */
  public static Map<Setting, String> merge(
      Map<Setting, String> flags, Map<String, String> environment, Map<Setting, String> file) {
    var merged = new EnumMap<Setting, String>(Setting.class);
    for (var setting : Setting.values()) {
      merged.put(setting, setting.preset());
    }
    merged.putAll(file);
    merged.putAll(fromEnvironment(environment));
    merged.putAll(flags);
    return merged;
  }

  private static Map<Setting, String> fromEnvironment(Map<String, String> environment) {
    var found = new EnumMap<Setting, String>(Setting.class);
    environment.forEach(
        (name, value) -> {
          if (name.startsWith("ASHLAR_")
              && !name.startsWith(TEST_PREFIX)
              && !OTHER_VARIABLES.contains(name)) {
            found.put(byEnvironment(name), value);
          }
        });
    return found;
  }

  private static Setting byEnvironment(String name) {
    for (var setting : Setting.values()) {
      if (setting.environment().equals(name)) {
        return setting;
      }
    }
    throw new BadConfiguration("The environment variable " + name + " names no setting.");
  }

  /** Reads a properties file in UTF-8. */
  public static Map<Setting, String> fromFile(Path file) {
    var properties = new Properties();
    try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new BadConfiguration("The configuration file " + file + " cannot be read: " + e);
    }
    var found = new EnumMap<Setting, String>(Setting.class);
    for (var key : properties.stringPropertyNames()) {
      var setting =
          Setting.of(key)
              .orElseThrow(
                  () ->
                      new BadConfiguration(
                          "The configuration file " + file + " has an unknown key: " + key + "."));
      found.put(setting, properties.getProperty(key));
    }
    return found;
  }
}
