package dev.ashlar.casserver.xet;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ashlar.chunker.EditWindows;
import dev.ashlar.core.hash.HashedChunk;
import dev.ashlar.core.hash.Subtree;
import dev.ashlar.core.hash.SubtreeFold;
import dev.ashlar.core.manifest.ByteRange;
import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.HttpRange;
import dev.ashlar.web.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells a client what it needs to change a file's middle without reading the rest: the spans that
 * it must cut into chunks again, and what the hash of the new file takes from the untouched runs.
 */
final class EditEndpoints {
  private final XetAuth auth;
  private final HeldFiles files;
  private final PlanRoom room;

  EditEndpoints(XetAuth auth, HeldFiles files, PlanRoom room) {
    this.auth = auth;
    this.files = files;
    this.room = room;
  }

  void routes(CasRoutes routes) {
    routes.add("GET", this::chunkHashes, "/v2/file-chunk-hashes/{hash}");
  }

  private record Answer(
      long totalChunks,
      long fileSize,
      List<Window> windows,
      List<@Nullable Summary> hashRanges,
      List<String> gapVerification) {}

  private record Window(List<Long> dirtyByteRange) {}

  private record Node(String hash, long size) {}

  private record Summary(
      List<Node> nodes,
      List<List<Integer>> levels,
      @JsonProperty("at_start") boolean atStart,
      @JsonProperty("at_end") boolean atEnd) {
    static Summary of(Subtree tree) {
      return new Summary(
          tree.nodes().stream().map(n -> new Node(n.hash().toString(), n.bytes())).toList(),
          tree.levels().stream().map(level -> List.of(level.left(), level.right())).toList(),
          tree.atStart(),
          tree.atEnd());
    }
  }

  private void chunkHashes(Exchange exchange) throws IOException {
    var reader = auth.reader(exchange);
    var look = files.look(reader);
    try (var _ = room.take(exchange, reader.token().callerId(), look.terms())) {
      var held = files.open(look);
      var dirty = dirty(exchange.header("X-Range-Dirty").orElse(""), held.manifest().bytes());
      exchange.send(Reply.json(200, answer(held, dirty)));
    }
  }

  /** The ranges that lie in the file, as far as they do. */
  private static List<ByteRange> dirty(String header, long bytes) {
    var ranges = HttpRange.parse(header).map(asked -> asked.within(bytes)).orElse(List.of());
    if (ranges.isEmpty()) {
      throw new ProblemException(
          new Invalid(
              "X-Range-Dirty",
              "ranges of a file of " + bytes + " bytes are needed, like bytes=0-99,200-299"));
    }
    return ranges;
  }

  private static Answer answer(HeldFiles.Held held, List<ByteRange> dirty) {
    var manifest = held.manifest();
    var windows = new EditWindows(dirty);
    long chunks = 0;
    for (var term : manifest.terms()) {
      var index = held.xorbs().index(term.xorb());
      for (int i = term.chunks().start(); i < term.chunks().end(); i++) {
        windows.add(index.rawBytes(i));
      }
      chunks += term.chunks().count();
    }
    var aligned = EditWindows.alignedTo(windows.windows(), manifest.terms());
    var verification = new ArrayList<String>();
    var summaries = gaps(held, aligned, verification);
    var spans = aligned.stream().map(w -> new Window(List.of(w.start(), w.end()))).toList();
    return new Answer(chunks, manifest.bytes(), spans, summaries, verification);
  }

  /**
   * Sums up what lies before, between and behind the windows, which begin and end where terms do,
   * and adds the range hash of each term there.
   */
  private static List<@Nullable Summary> gaps(
      HeldFiles.Held held, List<ByteRange> windows, List<String> verification) {
    var summaries = new ArrayList<@Nullable Summary>();
    var fold = new SubtreeFold(true);
    boolean isEmpty = true;
    int next = 0;
    long start = 0;
    for (var term : held.manifest().terms()) {
      while (next < windows.size() && windows.get(next).end() <= start) {
        next++;
      }
      if (next == windows.size() || start < windows.get(next).start()) {
        var index = held.xorbs().index(term.xorb());
        for (int i = term.chunks().start(); i < term.chunks().end(); i++) {
          fold.add(new HashedChunk(index.hash(i), index.rawBytes(i)));
        }
        verification.add(index.rangeHash(term.chunks()).toString());
        isEmpty = false;
      } else if (start == windows.get(next).start()) {
        summaries.add(isEmpty ? null : Summary.of(fold.finish(false)));
        fold = new SubtreeFold(false);
        isEmpty = true;
      }
      start += term.bytes();
    }
    summaries.add(isEmpty ? null : Summary.of(fold.finish(true)));
    return summaries;
  }
}
