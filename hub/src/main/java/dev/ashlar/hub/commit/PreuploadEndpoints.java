package dev.ashlar.hub.commit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.Problem.OverLimit;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.access.Action;
import dev.ashlar.hub.git.AttributesOfTree;
import dev.ashlar.hub.git.IgnoredPaths;
import dev.ashlar.hub.repo.RepoType;
import dev.ashlar.hub.repo.Visit;
import dev.ashlar.hub.tree.BlobShapes;
import dev.ashlar.hub.tree.Door;
import dev.ashlar.hub.tree.GitEntry;
import dev.ashlar.hub.tree.HeldFiles;
import dev.ashlar.hub.tree.HeldFiles.HeldFile;
import dev.ashlar.hub.tree.LfsPointer;
import dev.ashlar.hub.tree.Queries;
import dev.ashlar.hub.tree.RepoPath;
import dev.ashlar.hub.tree.Revisions;
import dev.ashlar.hub.tree.TreeLookup;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Json;
import dev.ashlar.web.Reply;
import dev.ashlar.web.Routes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.jspecify.annotations.Nullable;

/** Tells clients for each file how to upload it, and what stands at its path now. */
public final class PreuploadEndpoints {
  private static final int FILES_MAX = 10_000;
  private static final int BODY_BYTES_MAX = 32 << 20;

  /** Every folder of every path is held against every rule. */
  private static final int FOLDERS_MAX = 200_000;

  private static final int RULES_CHARS_MAX = 64 << 10;

  @JsonInclude(Include.NON_NULL)
  private record FileView(
      String path, String uploadMode, boolean shouldIgnore, @Nullable String oid) {
    FileView with(@Nullable String otherOid) {
      return new FileView(path, uploadMode, shouldIgnore, otherOid);
    }
  }

  private record Answer(List<FileView> files, String commitOid) {}

  private final Door door;
  private final HeldFiles held;
  private final BlobShapes shapes;
  private final UploadModes modes;

  /** Decides for the repositories behind {@code door}. */
  public PreuploadEndpoints(Door door, HeldFiles held, BlobShapes shapes, UploadModes modes) {
    this.door = door;
    this.held = held;
    this.shapes = shapes;
    this.modes = modes;
  }

  /** Adds the routes of every repository type. */
  public void routes(Routes routes) {
    for (var type : RepoType.values()) {
      routes.post(
          "/api/" + type.plural() + "/{ns}/{name}/preupload/{rest...}",
          exchange -> preupload(exchange, type));
    }
  }

  private void preupload(Exchange exchange, RepoType type) throws IOException {
    boolean isPull = Queries.flag(exchange, "create_pr");
    var name = exchange.param("rest");
    var visit =
        isPull
            ? door.enter(exchange, type, Action.PROPOSE)
            : door.enterToChange(exchange, type, name);
    JsonNode asked;
    try (var in = exchange.body("the list of files", BODY_BYTES_MAX)) {
      asked = Json.tree(in);
    }
    if (!asked.path("files").isArray()) {
      throw new ProblemException(new Invalid("files", "a list is needed"));
    }
    if (asked.path("files").size() > FILES_MAX) {
      throw new ProblemException(new OverLimit("the number of files", FILES_MAX));
    }
    try (var repo = door.open(visit);
        var reader = repo.newObjectReader()) {
      var revision = new Revisions(repo, visit.repo().defaultBranch()).require(name);
      if (isPull && !revision.ref().orElse("").startsWith(Constants.R_HEADS)) {
        throw Revisions.missing(name);
      }
      var files = decide(reader, visit, revision.commit(), asked);
      exchange.send(Reply.json(200, new Answer(files, revision.commitId())));
    }
  }

  private List<FileView> decide(ObjectReader reader, Visit visit, RevCommit commit, JsonNode asked)
      throws IOException {
    var tree = commit.getTree();
    var attributes =
        asked.path("gitAttributes").isTextual()
            ? AttributesOfTree.of(reader, tree, rules(asked, "gitAttributes"))
            : AttributesOfTree.of(reader, tree);
    var ignored =
        asked.path("gitIgnore").isTextual()
            ? IgnoredPaths.of(reader, tree, rules(asked, "gitIgnore"))
            : IgnoredPaths.of(reader, tree);
    var lookup = new TreeLookup(reader, tree);
    var views = new ArrayList<FileView>();
    var pointers = new HashMap<String, LfsPointer>();
    int folders = 0;
    for (var file : asked.path("files")) {
      var path = new RepoPath(file.path("path").asText("")).text();
      folders += (int) path.chars().filter(c -> c == '/').count();
      if (folders > FOLDERS_MAX) {
        throw new ProblemException(
            new OverLimit("the number of folders of all paths", FOLDERS_MAX));
      }
      var mode = modes.of(bytes(file, path), sample(file), attributes.isLfs(path));
      var entry = lookup.find(path).filter(GitEntry::isFile);
      views.add(
          new FileView(
              path,
              mode,
              ignored.isIgnored(path),
              entry.map(blob -> blob.id().name()).orElse(null)));
      if (entry.isPresent()) {
        var shape = shapes.of(reader, visit.repo().id(), entry.get().id());
        shape.pointer().ifPresent(pointer -> pointers.put(path, pointer));
      }
    }
    return pointers.isEmpty() ? views : withObjects(views, pointers, visit.repo().id());
  }

  /**
   * Puts objects in the place of their pointers. One that is not held for good is left out: clients
   * that have it would upload it, and leave out the commit that keeps it.
   */
  private List<FileView> withObjects(
      List<FileView> views, Map<String, LfsPointer> pointers, long repoId) {
    var oids = pointers.values().stream().map(LfsPointer::oid).distinct().toList();
    var lasting = held.findLasting(repoId, oids);
    return views.stream()
        .map(
            view -> {
              var pointer = pointers.get(view.path());
              return pointer == null
                  ? view
                  : view.with(isThere(pointer, lasting) ? pointer.oid().toString() : null);
            })
        .toList();
  }

  private static boolean isThere(LfsPointer pointer, Map<Sha256, HeldFile> lasting) {
    var file = lasting.get(pointer.oid());
    return file != null && file.bytes() == pointer.bytes();
  }

  private static String rules(JsonNode asked, String name) {
    var text = asked.path(name).asText();
    if (text.length() > RULES_CHARS_MAX) {
      throw new ProblemException(new OverLimit("the length of " + name, RULES_CHARS_MAX));
    }
    return text;
  }

  private static long bytes(JsonNode file, String path) {
    var size = file.path("size");
    if (!size.isIntegralNumber() || !size.canConvertToLong() || size.longValue() < 0) {
      throw new ProblemException(new Invalid("size of " + path, "a number from 0 on is needed"));
    }
    return size.longValue();
  }

  private static byte[] sample(JsonNode file) {
    try {
      return Base64.getDecoder().decode(file.path("sample").asText(""));
    } catch (IllegalArgumentException _) {
      throw new ProblemException(new Invalid("sample", "it is not base64"));
    }
  }
}
