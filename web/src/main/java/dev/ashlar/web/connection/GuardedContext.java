package dev.ashlar.web.connection;

import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/** Helidon's view of a connection, with our reader and writer in place of its own. */
record GuardedContext(
    ConnectionContext original,
    Connection connection,
    GuardedReader dataReader,
    DataWriter dataWriter)
    implements ConnectionContext {
  static GuardedContext of(ConnectionContext original, Connection connection) {
    return new GuardedContext(
        original, connection, new GuardedReader(connection), new GuardedWriter(connection));
  }

  @Override
  public ListenerContext listenerContext() {
    return original.listenerContext();
  }

  @Override
  public ExecutorService executor() {
    return original.executor();
  }

  @Override
  public Router router() {
    return original.router();
  }

  @Override
  public Optional<ProxyProtocolData> proxyProtocolData() {
    return original.proxyProtocolData();
  }

  @Override
  public HelidonSocket serverSocket() {
    return original.serverSocket();
  }

  @Override
  public PeerInfo remotePeer() {
    return original.remotePeer();
  }

  @Override
  public PeerInfo localPeer() {
    return original.localPeer();
  }

  @Override
  public boolean isSecure() {
    return original.isSecure();
  }

  @Override
  public String socketId() {
    return original.socketId();
  }

  @Override
  public String childSocketId() {
    return original.childSocketId();
  }
}
