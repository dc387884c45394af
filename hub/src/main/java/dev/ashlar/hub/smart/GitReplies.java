package dev.ashlar.hub.smart;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ashlar.core.problem.Problem;
import dev.ashlar.core.problem.Problem.Moved;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Handler;
import dev.ashlar.web.Problems;
import dev.ashlar.web.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jgit.transport.PacketLineOut;

/**
 * Answers as Git reads them: it shows plain text to its user, asks for a password only after a
 * Basic challenge, and nothing may be cached.
 */
final class GitReplies {
  private static final String CHALLENGE = "Basic realm=\"Hub\"";
  private static final String TEXT = "text/plain; charset=utf-8";

  private GitReplies() {}

  /** The handler with its problems told in Git's way. */
  static Handler telling(Handler handler) {
    return exchange -> {
      try {
        handler.handle(exchange);
      } catch (ProblemException e) {
        if (exchange.isSent() || e.problem() instanceof Moved) {
          throw e;
        }
        exchange.send(of(e.problem()));
      }
    };
  }

  /** Sets the headers of every answer. */
  static void type(Exchange exchange, String contentType) {
    exchange.setHeader("Content-Type", contentType);
    exchange.setHeader("Cache-Control", "no-cache");
  }

  /** One line of text. */
  static void text(Exchange exchange, String line) {
    type(exchange, TEXT);
    exchange.send(new Reply(200, Map.of(), (line + "\n").getBytes(UTF_8)));
  }

  /** A refusal inside an answer, which git shows to its user as the word of the other side. */
  static void refuse(Exchange exchange, String contentType, String sentence) throws IOException {
    var line = new ByteArrayOutputStream();
    new PacketLineOut(line).writeString("ERR " + sentence);
    type(exchange, contentType);
    exchange.send(new Reply(200, Map.of(), line.toByteArray()));
  }

  private static Reply of(Problem problem) {
    var plain = Problems.reply(problem);
    var headers = new LinkedHashMap<>(plain.headers());
    headers.put("Content-Type", TEXT);
    headers.put("Cache-Control", "no-cache");
    if (plain.status() == 401) {
      headers.put("WWW-Authenticate", CHALLENGE);
    }
    var sentence = Problems.sentence(problem) + "\n";
    return new Reply(plain.status(), headers, sentence.getBytes(UTF_8));
  }
}
