package dev.ashlar.hub.commit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.problem.Problem.OverLimit;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.commit.CommitOperation.Copy;
import dev.ashlar.hub.commit.CommitOperation.DeleteFile;
import dev.ashlar.hub.commit.CommitOperation.DeleteFolder;
import dev.ashlar.hub.commit.CommitOperation.PutLfs;
import dev.ashlar.hub.tree.RepoPath;
import dev.ashlar.objectstore.Staging;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Reads a commit request line by line; the content of a file is stored before the next line. */
final class CommitReader {
  /** Where what the request brings or names is found. */
  interface Store {
    /** Stores the decoded content of a file. */
    CommitOperation put(RepoPath path, long bytes, InputStream content) throws IOException;

    /** Finds a file to copy; an empty revision is the one committed to. */
    Copy copy(RepoPath to, String from, String revision) throws IOException;
  }

  private static final Pattern PARENT = Pattern.compile("[0-9a-fA-F]{5,40}");
  private static final Pattern OID = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern SIZE = Pattern.compile("[0-9]{1,18}");

  private final JsonLines lines;
  private final CommitLimits limits;
  private final Supplier<Spool> spools;

  CommitReader(InputStream body, CommitLimits limits, Staging staging) {
    this.lines = new JsonLines(new LineInput(body, limits.lineBytesMax()));
    this.limits = limits;
    this.spools = () -> new Spool(staging);
  }

  /** The first line. */
  CommitHeader header() throws IOException {
    try (var content = spools.get()) {
      var line = lines.next(content);
      if (line == null || !line.path("key").asText().equals("header")) {
        throw lines.fault("the first line must be the header");
      }
      var value = line.path("value");
      var summary = value.path("summary").asText("");
      if (summary.isBlank()) {
        throw lines.fault("the header has no summary");
      }
      var parent =
          value.path("parentCommit").isTextual() ? value.path("parentCommit").asText() : "";
      if (!parent.isEmpty() && !PARENT.matcher(parent).matches()) {
        throw lines.fault("parentCommit must have 5 to 40 hex digits");
      }
      var description = value.path("description");
      return new CommitHeader(
          oneLine(summary),
          description.isTextual() ? description.asText() : "",
          parent.toLowerCase(Locale.ROOT));
    }
  }

  private static String oneLine(String summary) {
    return summary.strip().replaceAll("[\\r\\n]+", " ").replace("\0", "");
  }

  /** All other lines. */
  List<CommitOperation> operations(Store store) throws IOException {
    var operations = new ArrayList<CommitOperation>();
    while (true) {
      try (var content = spools.get()) {
        var line = lines.next(content);
        if (line == null) {
          return operations;
        }
        if (operations.size() == limits.operationsMax()) {
          throw new ProblemException(
              new OverLimit("the number of operations of a commit", limits.operationsMax()));
        }
        operations.add(operation(line, content, store));
      }
    }
  }

  private CommitOperation operation(JsonNode line, Spool content, Store store) throws IOException {
    var value = line.path("value");
    return switch (line.path("key").asText()) {
      case "file" -> file(value, content, store);
      case "lfsFile" -> lfsFile(value);
      case "deletedFile" -> new DeleteFile(path(value));
      case "deletedFolder" -> new DeleteFolder(RepoPath.folder(text(value, "path")));
      case "copyFile" ->
          store.copy(path(value), text(value, "srcPath"), value.path("srcRevision").asText(""));
      case "header" -> throw lines.fault("there is a second header");
      default -> throw lines.fault("the key is none of a commit");
    };
  }

  private CommitOperation file(JsonNode value, Spool content, Store store) throws IOException {
    var path = path(value);
    if (!value.path("content").isTextual()) {
      throw lines.fault("the file has no content");
    }
    try (var raw = content.open()) {
      return switch (value.path("encoding").asText("utf-8")) {
        case "base64" -> {
          if (!content.base64().isValid()) {
            throw lines.fault("the content is not base64");
          }
          yield store.put(path, content.base64().decodedBytes(), new Base64Input(raw));
        }
        case "utf-8" -> store.put(path, content.bytes(), raw);
        default -> throw lines.fault("the encoding must be base64 or utf-8");
      };
    }
  }

  private CommitOperation lfsFile(JsonNode value) {
    if (!value.path("algo").asText("sha256").equals("sha256")) {
      throw lines.fault("the algo must be sha256");
    }
    var size = value.path("size");
    if (!size.isMissingNode() && !size.isNull() && !SIZE.matcher(size.asText()).matches()) {
      throw lines.fault("the size is not one");
    }
    var path = path(value);
    var oid = text(value, "oid");
    if (!OID.matcher(oid).matches()) {
      throw lines.fault("the oid of " + path + " must have 64 lower-case hex digits");
    }
    return new PutLfs(
        path,
        Sha256.parse(oid),
        size.isNumber() ? OptionalLong.of(size.longValue()) : OptionalLong.empty());
  }

  private RepoPath path(JsonNode value) {
    return new RepoPath(text(value, "path"));
  }

  private String text(JsonNode value, String name) {
    var text = value.path(name);
    if (!text.isTextual()) {
      throw lines.fault("the text " + name + " is missing");
    }
    return text.asText();
  }
}
