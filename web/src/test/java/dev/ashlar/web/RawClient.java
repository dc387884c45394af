package dev.ashlar.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** Speaks HTTP byte by byte, to send what no proper client sends and see what really comes back. */
final class RawClient implements AutoCloseable {
  private final Socket socket;

  RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
  }

  /** Sends text in which a line feed stands for CR LF. */
  RawClient send(String text) throws IOException {
    return sendRaw(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  RawClient sendRaw(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** Reads up to and including the text, or to the end of the stream. */
  String readUntil(String end) throws IOException {
    var bytes = new ByteArrayOutputStream();
    while (!bytes.toString(StandardCharsets.ISO_8859_1).endsWith(end)) {
      int b = socket.getInputStream().read();
      if (b < 0) {
        break;
      }
      bytes.write(b);
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  /** Waits a moment in which nothing may come, so that what was sent arrives on its own. */
  void readNothing() throws IOException {
    int patience = socket.getSoTimeout();
    socket.setSoTimeout(50);
    try {
      throw new IOException("came too early: " + socket.getInputStream().read());
    } catch (SocketTimeoutException _) {
      socket.setSoTimeout(patience);
    }
  }

  /** Reads to the end of the stream; a reset is an exception. */
  String readAll() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  Socket socket() {
    return socket;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
