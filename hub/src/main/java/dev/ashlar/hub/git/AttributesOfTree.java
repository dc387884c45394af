package dev.ashlar.hub.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.attributes.Attribute;
import org.eclipse.jgit.attributes.AttributesNode;
import org.eclipse.jgit.attributes.AttributesRule;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * What the {@code .gitattributes} files of a tree say about its paths: the nearest folder wins, and
 * in a file the last line that matches. Macros ({@code [attr]name}) count in the root file only, as
 * in Git. One caller at a time; the reader stays the caller's.
 */
public final class AttributesOfTree {
  private static final String MACRO = "[attr]";
  private static final String FILTER = "filter";

  private final RuleFiles<AttributesNode> files;

  private AttributesOfTree(RuleFiles<AttributesNode> files) {
    this.files = files;
  }

  /** The attributes of a tree; {@link org.eclipse.jgit.lib.ObjectId#zeroId()} has none. */
  public static AttributesOfTree of(ObjectReader reader, AnyObjectId tree) {
    return new AttributesOfTree(
        new RuleFiles<>(reader, tree, Constants.DOT_GIT_ATTRIBUTES, AttributesOfTree::parse));
  }

  /** The same with this text as the root's {@code .gitattributes}. */
  public static AttributesOfTree of(ObjectReader reader, AnyObjectId tree, String rootText)
      throws IOException {
    var attributes = of(reader, tree);
    attributes.files.putRoot(rootText.getBytes(UTF_8));
    return attributes;
  }

  /**
   * Whether Git would pass the file at the path through the filter {@code lfs} (or {@code xet}).
   */
  public boolean isLfs(String path) throws IOException {
    var filter = filter(path);
    return filter.isPresent() && (filter.get().equals("lfs") || filter.get().equals("xet"));
  }

  /**
   * A line that marks exactly this path as LFS: characters with a meaning in patterns are escaped.
   * The line ends with a newline.
   */
  public static String lfsLine(String path) {
    var pattern = new StringBuilder();
    for (var i = 0; i < path.length(); i++) {
      var c = path.charAt(i);
      switch (c) {
        case ' ' -> pattern.append("[[:space:]]");
        case '*', '?', '[', ']', '\\', '"' -> pattern.append('\\').append(c);
        case '#', '!' -> pattern.append(i == 0 ? "\\" : "").append(c);
        default -> pattern.append(c);
      }
    }
    return pattern + " filter=lfs diff=lfs merge=lfs -text\n";
  }

  private Optional<String> filter(String path) throws IOException {
    var macros = macros();
    for (var folder = RuleFiles.folderOf(path); ; folder = RuleFiles.folderOf(folder)) {
      var rules = files.in(folder).map(AttributesNode::getRules).orElse(List.of());
      var relative = RuleFiles.relative(path, folder);
      for (var rule : rules.reversed()) {
        if (!rule.getPattern().startsWith(MACRO) && rule.isMatch(relative, false)) {
          var decided = filterOf(rule.getAttributes(), macros);
          if (decided.isPresent()) {
            return decided.map(AttributesOfTree::text);
          }
        }
      }
      if (folder.isEmpty()) {
        return Optional.empty();
      }
    }
  }

  private static Optional<Attribute> filterOf(
      List<Attribute> attributes, Map<String, List<Attribute>> macros) {
    for (var attribute : attributes.reversed()) {
      if (attribute.getKey().equals(FILTER)) {
        return Optional.of(attribute);
      }
      var macro = macros.get(attribute.getKey());
      if (macro != null && attribute.getState() == Attribute.State.SET) {
        for (var meant : macro.reversed()) {
          if (meant.getKey().equals(FILTER)) {
            return Optional.of(meant);
          }
        }
      }
    }
    return Optional.empty();
  }

  private Map<String, List<Attribute>> macros() throws IOException {
    var macros = new HashMap<String, List<Attribute>>();
    var root = files.in("");
    if (root.isPresent()) {
      for (AttributesRule rule : root.get().getRules()) {
        if (rule.getPattern().startsWith(MACRO)) {
          macros.put(rule.getPattern().substring(MACRO.length()), rule.getAttributes());
        }
      }
    }
    return macros;
  }

  private static String text(Attribute attribute) {
    var value = attribute.getValue();
    return value == null ? "" : value;
  }

  private static AttributesNode parse(InputStream bytes) throws IOException {
    var node = new AttributesNode();
    node.parse(bytes);
    return node;
  }
}
