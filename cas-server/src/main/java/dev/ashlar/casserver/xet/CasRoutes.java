package dev.ashlar.casserver.xet;

import dev.ashlar.web.Handler;
import dev.ashlar.web.Routes;

/** Adds routes below the CAS base, whose last part is the scope of the caller's token. */
final class CasRoutes {
  private static final String BASE = "/cas/{scope}";

  private final Routes routes;

  CasRoutes(Routes routes) {
    this.routes = routes;
  }

  /** Adds the handler under each path; older clients use other paths for the same thing. */
  void add(String method, Handler handler, String... paths) {
    for (var path : paths) {
      routes.add(method, BASE + path, handler);
    }
  }
}
