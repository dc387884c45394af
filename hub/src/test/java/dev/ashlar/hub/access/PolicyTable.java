package dev.ashlar.hub.access;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads {@code policy.txt}: lines of conditions and cells, and names that stand for several. */
final class PolicyTable {
  /** A line of the table. */
  record Line(int number, List<String> conditions, List<String> cells) {}

  private final Map<String, List<String>> names = new HashMap<>();
  private final Map<String, List<Line>> sections = new HashMap<>();

  private PolicyTable() {}

  static PolicyTable read() {
    var table = new PolicyTable();
    var file = Objects.requireNonNull(PolicyTable.class.getResourceAsStream("policy.txt"));
    try (var reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      var section = "";
      int number = 0;
      for (var line : reader.lines().toList()) {
        number++;
        var text = line.strip();
        if (text.startsWith("[")) {
          section = text.substring(1, text.length() - 1);
        } else if (text.contains("->")) {
          var halves = text.split("->", -1);
          if (!text.startsWith("#")) {
            table.lines(section).add(new Line(number, words(halves[0]), words(halves[1])));
          }
        } else if (text.contains(" = ") && !text.startsWith("#")) {
          var halves = text.split(" = ", -1);
          table.names.put(halves[0].strip(), words(halves[1]));
        }
      }
      return table;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> words(String text) {
    return List.of(text.strip().split("\\s+", -1));
  }

  List<Line> lines(String section) {
    return sections.computeIfAbsent(section, _ -> new ArrayList<>());
  }

  /** The lines about a combination of values. */
  List<Line> about(String section, List<String> values) {
    return lines(section).stream().filter(line -> isAbout(line.conditions(), values)).toList();
  }

  private boolean isAbout(List<String> conditions, List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      var condition = conditions.get(i);
      if (!condition.equals("*")
          && !condition.equals(values.get(i))
          && !names.getOrDefault(condition, List.of()).contains(values.get(i))) {
        return false;
      }
    }
    return true;
  }
}
