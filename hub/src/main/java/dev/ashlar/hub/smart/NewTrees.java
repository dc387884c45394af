package dev.ashlar.hub.smart;

import dev.ashlar.hub.tree.FolderNames;
import dev.ashlar.hub.tree.LfsPointer;
import dev.ashlar.hub.tree.RepoPath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/**
 * The folders that a push brings. What a parent commit has at the same place, unchanged, was
 * checked when it came; every other folder is looked at once, wherever it stands.
 */
final class NewTrees {
  private final ObjectReader reader;
  private final PushedBlobs blobs;
  private final Set<ObjectId> accepted = new HashSet<>();
  private Set<ObjectId> checked = new HashSet<>();
  private Map<LfsPointer, String> pointers = new LinkedHashMap<>();
  private Findings findings = new Findings();

  /** One line of a tree. */
  private record Line(String name, FileMode mode, ObjectId id) {
    boolean isLike(Line other) {
      return id.equals(other.id) && mode.equals(other.mode);
    }
  }

  NewTrees(ObjectReader reader, PushedBlobs blobs) {
    this.reader = reader;
    this.blobs = blobs;
  }

  /** Begins with the next command. */
  void begin(Findings of) {
    checked = new HashSet<>();
    pointers = new LinkedHashMap<>();
    findings = of;
  }

  /** The trees of the command need no further look. */
  void accepted() {
    accepted.addAll(checked);
  }

  /** The pointers found since {@link #begin}, each with a path where it stands. */
  Map<LfsPointer, String> pointers() {
    return pointers;
  }

  /** Checks the tree of a commit; {@code before} are those of its parents. */
  void check(ObjectId tree, List<ObjectId> before) throws IOException {
    check("", tree, before);
  }

  private void check(String folder, ObjectId tree, List<ObjectId> before) throws IOException {
    if (accepted.contains(tree) || before.contains(tree) || !checked.add(tree)) {
      return;
    }
    var olds = new ArrayList<Map<String, Line>>(before.size());
    for (var old : before) {
      olds.add(byName(old));
    }
    var names = new FolderNames();
    var fresh = new ArrayList<Line>();
    for (var line : lines(tree)) {
      var at = at(olds, line.name);
      if (at.isEmpty()) {
        fresh.add(line);
      } else {
        var _ = names.add(line.name);
        if (at.stream().noneMatch(line::isLike)) {
          entry(folder + line.name, line, at);
        }
      }
    }
    for (var line : fresh) {
      var path = folder + line.name;
      name(path, line.name);
      names
          .add(line.name)
          .ifPresent(other -> findings.add(path + " differs only in case from " + other));
      entry(path, line, List.of());
    }
  }

  private static List<Line> at(List<Map<String, Line>> folders, String name) {
    var found = new ArrayList<Line>(folders.size());
    for (var folder : folders) {
      var line = folder.get(name);
      if (line != null) {
        found.add(line);
      }
    }
    return found;
  }

  private void name(String path, String name) {
    var fault = RepoPath.nameFault(name);
    if (!fault.isEmpty()) {
      findings.add(path + ": " + fault);
    }
  }

  private void entry(String path, Line line, List<Line> before) throws IOException {
    if (FileMode.TREE.equals(line.mode)) {
      var folders =
          before.stream().filter(old -> FileMode.TREE.equals(old.mode)).map(Line::id).toList();
      check(path + "/", line.id, folders);
    } else if (!FileMode.GITLINK.equals(line.mode)) {
      blobs.check(path, line.mode, line.id, pointers, findings);
    }
  }

  private Map<String, Line> byName(ObjectId tree) throws IOException {
    var lines = new HashMap<String, Line>();
    for (var line : lines(tree)) {
      lines.put(line.name, line);
    }
    return lines;
  }

  private List<Line> lines(ObjectId tree) throws IOException {
    var parser = new CanonicalTreeParser();
    parser.reset(reader.open(tree, Constants.OBJ_TREE).getCachedBytes());
    var lines = new ArrayList<Line>();
    for (; !parser.eof(); parser.next()) {
      lines.add(new Line(name(parser), parser.getEntryFileMode(), parser.getEntryObjectId()));
    }
    return lines;
  }

  /** Bytes that are not UTF-8 come out as a name that no rule allows. */
  private static String name(CanonicalTreeParser parser) {
    var bytes = new byte[parser.getNameLength()];
    parser.getName(bytes, 0);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException _) {
      return new String(bytes, StandardCharsets.ISO_8859_1) + '\uD800';
    }
  }
}
