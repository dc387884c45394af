package dev.ashlar.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** A connection over loopback; a thread at its other end reads and drops what arrives. */
final class Drain implements AutoCloseable {
  private static final int BLOCK_BYTES = 256 << 10;

  private final Socket sender;
  private final Socket receiver;
  private final Object news = new Object();
  private @Nullable MessageDigest digest;
  private long awaited;
  private long arrived;
  private boolean isOver;

  Drain() throws IOException {
    try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      this.receiver = new Socket(listener.getInetAddress(), listener.getLocalPort());
      this.sender = listener.accept();
    }
    Thread.ofPlatform().name("drain").daemon().start(this::receive);
  }

  /** Something that writes. */
  @FunctionalInterface
  interface Writing {
    /** Writes, and leaves the stream open. */
    void to(OutputStream out) throws IOException;
  }

  /** Returns when the bytes, which {@code writing} writes, have arrived. */
  void pass(long bytes, Writing writing) {
    synchronized (news) {
      awaited += bytes;
    }
    try {
      writing.to(sender.getOutputStream());
      awaitArrival();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same, and the SHA-256 of what arrived. */
  byte[] hash(long bytes, Writing writing) throws GeneralSecurityException {
    var hashing = MessageDigest.getInstance("SHA-256");
    synchronized (news) {
      digest = hashing;
    }
    pass(bytes, writing);
    synchronized (news) {
      digest = null;
    }
    return hashing.digest();
  }

  private void awaitArrival() throws IOException {
    synchronized (news) {
      try {
        while (arrived < awaited && !isOver) {
          news.wait();
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
      if (arrived != awaited) {
        throw new IOException(arrived + " bytes arrived, not " + awaited);
      }
    }
  }

  private void receive() {
    var block = new byte[BLOCK_BYTES];
    try {
      var in = receiver.getInputStream();
      for (int n = in.read(block); n >= 0; n = in.read(block)) {
        arrive(block, n);
      }
    } catch (IOException _) {
      // whoever waits for bytes that will not come is told below
    }
    synchronized (news) {
      isOver = true;
      news.notifyAll();
    }
  }

  private void arrive(byte[] block, int bytes) {
    synchronized (news) {
      if (digest != null) {
        digest.update(block, 0, bytes);
      }
      arrived += bytes;
      if (arrived >= awaited) {
        news.notifyAll();
      }
    }
  }

  @Override
  public void close() throws IOException {
    sender.close();
    receiver.close();
  }
}
