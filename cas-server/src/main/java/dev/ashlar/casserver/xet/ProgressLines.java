package dev.ashlar.casserver.xet;

import dev.ashlar.casserver.intake.Progress;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.web.ClientGoneException;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Json;
import dev.ashlar.web.Problems;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A reply of JSON lines that tells how a shard is doing, and ends in one line for the outcome.
 *
 * <p>Clients give up when nothing comes for minutes, so the last line is repeated while the work
 * goes on. The text of the error line is the only one that they show to people.
 */
final class ProgressLines implements Progress, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ProgressLines.class.getName());
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

  private static final int SERVER_FAULT = 500;

  private final OutputStream out;
  private final String requestId;
  private final AwaitedAnswer client;
  private final ReentrantLock writing = new ReentrantLock();
  private final Thread heartbeat;
  private byte[] last = Json.write(validatingLine(0, 0));
  private long lastNanos = System.nanoTime() - PAUSE_NANOS;
  private boolean ended;

  ProgressLines(OutputStream out, Exchange exchange) {
    this.out = out;
    this.requestId = exchange.requestId();
    this.client = new AwaitedAnswer(exchange);
    this.heartbeat = Thread.ofVirtual().name("shard-heartbeat").start(this::beat);
  }

  /** Does the work and writes its outcome, success or not, as the last line. */
  void finish(Callable<Boolean> work) throws ClientGoneException {
    end(outcome(work));
  }

  private Map<String, Object> outcome(Callable<Boolean> work) throws ClientGoneException {
    try {
      return line("result", Map.of("result", work.call() ? 1 : 0));
    } catch (ProblemException e) {
      var reply = Problems.reply(e.problem());
      var sentence = reply.headers().getOrDefault("X-Error-Message", "refused");
      return error(sentence, reply.status() >= SERVER_FAULT);
    } catch (ClientGoneException e) {
      throw e;
    } catch (Exception e) {
      LOG.log(Level.ERROR, "shard failed id=" + requestId, e);
      return error("internal error, request " + requestId, true);
    }
  }

  private static Map<String, Object> error(String message, boolean retryable) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("message", message);
    fields.put("retryable", retryable);
    return line("error", fields);
  }

  private static Map<String, Object> line(String type, Map<String, Object> fields) {
    var line = new LinkedHashMap<String, Object>();
    line.put("type", type);
    line.putAll(fields);
    return line;
  }

  @Override
  public void requireListener() throws IOException {
    client.requireListener();
  }

  @Override
  public void validating(long verified, long total) {
    if (System.nanoTime() - lastNanos >= PAUSE_NANOS || verified == total) {
      write(validatingLine(verified, total), false);
    }
  }

  private static Map<String, Object> validatingLine(long verified, long total) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("verified", verified);
    fields.put("total", total);
    return line("validating", fields);
  }

  @Override
  public void committing() {
    write(line("committing", Map.of("stage", "syncing")), false);
  }

  private void end(Map<String, Object> line) {
    write(line, true);
  }

  private void write(Map<String, Object> line, boolean end) {
    writing.lock();
    try {
      last = Json.write(line);
      ended = end;
      send();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writing.unlock();
    }
  }

  private void send() throws IOException {
    out.write(last);
    out.write('\n');
    out.flush();
    lastNanos = System.nanoTime();
  }

  private void beat() {
    try {
      while (true) {
        Thread.sleep(HEARTBEAT);
        writing.lock();
        try {
          if (ended) {
            return;
          }
          if (System.nanoTime() - lastNanos >= HEARTBEAT.toNanos() / 2) {
            send();
          }
        } finally {
          writing.unlock();
        }
      }
    } catch (InterruptedException | IOException _) {
      // the work has ended, or nobody listens any more: the writer notices by itself
    }
  }

  @Override
  public void close() throws IOException {
    writing.lock();
    try {
      ended = true;
    } finally {
      writing.unlock();
    }
    heartbeat.interrupt();
    out.close();
  }
}
