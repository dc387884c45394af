package dev.ashlar.web.connection;

import io.helidon.common.socket.SocketOptions;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Socket options that remember the sockets they were applied to: the one place where Helidon shows
 * an accepted socket itself, which alone can be half closed and read with a timeout.
 */
final class AcceptedSockets implements SocketOptions {
  private static final int FORGET_ABOVE = 1024;

  private final SocketOptions options = SocketOptions.builder().tcpNoDelay(true).buildPrototype();
  private final Map<SocketAddress, Socket> accepted = new ConcurrentHashMap<>();

  @Override
  public void configureSocket(Socket socket) {
    options.configureSocket(socket);
    if (accepted.size() > FORGET_ABOVE) {
      accepted.values().removeIf(Socket::isClosed);
    }
    accepted.put(socket.getRemoteSocketAddress(), socket);
  }

  /** Hands out the socket of a connection that now begins to be served. */
  @Nullable Socket take(SocketAddress remote) {
    return accepted.remove(remote);
  }

  @Override
  public Map<SocketOption<?>, Object> socketOptions() {
    return options.socketOptions();
  }

  @Override
  public Duration connectTimeout() {
    return options.connectTimeout();
  }

  @Override
  public Duration readTimeout() {
    return options.readTimeout();
  }

  @Override
  public Optional<Integer> socketReceiveBufferSize() {
    return options.socketReceiveBufferSize();
  }

  @Override
  public Optional<Integer> socketSendBufferSize() {
    return options.socketSendBufferSize();
  }

  @Override
  public boolean socketReuseAddress() {
    return options.socketReuseAddress();
  }

  @Override
  public boolean socketKeepAlive() {
    return options.socketKeepAlive();
  }

  @Override
  public boolean tcpNoDelay() {
    return options.tcpNoDelay();
  }
}
