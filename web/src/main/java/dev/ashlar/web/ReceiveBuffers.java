package dev.ashlar.web;

import io.helidon.webserver.WebServerConfig;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.ServerSocket;
import org.jspecify.annotations.Nullable;

/**
 * Leaves the size of sockets' receive buffers to the kernel.
 *
 * <p>Helidon gives every listener one of 4 KiB, or of a size that it is told. The first makes a
 * client wait a round trip for every 4 KiB of an upload; any size at all switches off the kernel's
 * own sizing, which lets the buffer grow with the connection's speed and distance. No setting sets
 * none, so this stands in front of the one method that sets it.
 */
final class ReceiveBuffers {
  private ReceiveBuffers() {}

  /** The same configuration, except that its listener keeps the kernel's buffers. */
  static WebServerConfig ofKernel(WebServerConfig config) {
    return (WebServerConfig)
        Proxy.newProxyInstance(
            WebServerConfig.class.getClassLoader(),
            new Class<?>[] {WebServerConfig.class},
            (_, method, arguments) -> {
              if (method.getName().equals("configureSocket")) {
                ((ServerSocket) arguments[0]).setReuseAddress(true);
                return null;
              }
              return invoke(config, method, arguments);
            });
  }

  private static @Nullable Object invoke(
      WebServerConfig config, Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      method.setAccessible(true);
      return method.invoke(config, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
