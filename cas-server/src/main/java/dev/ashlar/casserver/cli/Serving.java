package dev.ashlar.casserver.cli;

import dev.ashlar.casserver.Wiring;
import java.util.concurrent.CountDownLatch;

/** Keeps a process alive until SIGTERM or SIGINT, then stops it in order. */
final class Serving {
  private Serving() {}

  static int untilStopped(Wiring running) throws InterruptedException {
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("stop")
                .unstarted(
                    () -> {
                      running.close();
                      stopped.countDown();
                    }));
    System.out.println("Ashlar listens on " + running.address());
    System.out.flush();
    stopped.await();
    return 0;
  }
}
