package dev.ashlar.web;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Routes on the raw request path: it is split at plain slashes first and each segment is decoded
 * afterwards, so that {@code %2F} inside a segment survives.
 *
 * <p>A pattern is made of literal segments, {@code {name}} for one non-empty segment and, at its
 * end, {@code {name...}} for the rest, slashes included and possibly empty. A literal segment wins
 * over a parameter, a parameter over the rest; when the better branch leads nowhere the next is
 * tried.
 */
public final class Routes {
  /** A found route and its raw (still encoded) parameters. */
  record Match(Handler handler, Map<String, String> rawParams) {}

  private static final class Node {
    final Map<String, Node> literals = new HashMap<>();
    final List<Map.Entry<String, Node>> params = new ArrayList<>();
    final Map<String, Handler> handlers = new HashMap<>();
    final Map<String, Handler> restHandlers = new HashMap<>();
    String restName = "";
  }

  private final Node root = new Node();

  /** Adds a route; {@code method} is GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS. */
  public Routes add(String method, String pattern, Handler handler) {
    var node = root;
    for (var segment : pattern.substring(1).split("/", -1)) {
      if (segment.endsWith("...}")) {
        node.restName = segment.substring(1, segment.length() - 4);
        node.restHandlers.put(method, handler);
        return this;
      }
      node = segment.startsWith("{") ? param(node, segment) : literal(node, segment);
    }
    node.handlers.put(method, handler);
    return this;
  }

  private static Node literal(Node node, String segment) {
    return node.literals.computeIfAbsent(segment, _ -> new Node());
  }

  private static Node param(Node node, String segment) {
    var name = segment.substring(1, segment.length() - 1);
    for (var entry : node.params) {
      if (entry.getKey().equals(name)) {
        return entry.getValue();
      }
    }
    var child = new Node();
    node.params.add(Map.entry(name, child));
    return child;
  }

  /** GET; HEAD on the same path is answered by it too unless it has a route of its own. */
  public Routes get(String pattern, Handler handler) {
    return add("GET", pattern, handler);
  }

  /** HEAD, where it differs from GET. */
  public Routes head(String pattern, Handler handler) {
    return add("HEAD", pattern, handler);
  }

  /** POST. */
  public Routes post(String pattern, Handler handler) {
    return add("POST", pattern, handler);
  }

  /** PUT. */
  public Routes put(String pattern, Handler handler) {
    return add("PUT", pattern, handler);
  }

  /** DELETE. */
  public Routes delete(String pattern, Handler handler) {
    return add("DELETE", pattern, handler);
  }

  /** The best route for a raw path that begins with a slash. */
  Optional<Match> find(String method, String rawPath) {
    var segments = List.of(rawPath.substring(1).split("/", -1));
    var params = new HashMap<String, String>();
    var handler = find(root, method, segments, 0, params);
    if (handler == null && method.equals("HEAD")) {
      params.clear();
      handler = find(root, "GET", segments, 0, params);
    }
    return Optional.ofNullable(handler).map(found -> new Match(found, params));
  }

  private static @Nullable Handler find(
      Node node, String method, List<String> segments, int at, Map<String, String> params) {
    if (at == segments.size()) {
      var handler = node.handlers.get(method);
      return handler != null ? handler : rest(node, method, segments, at, params);
    }
    var segment = segments.get(at);
    var literal = node.literals.get(segment);
    if (literal != null) {
      var found = find(literal, method, segments, at + 1, params);
      if (found != null) {
        return found;
      }
    }
    for (var param : segment.isEmpty() ? List.<Map.Entry<String, Node>>of() : node.params) {
      var found = find(param.getValue(), method, segments, at + 1, params);
      if (found != null) {
        params.put(param.getKey(), segment);
        return found;
      }
    }
    return rest(node, method, segments, at, params);
  }

  private static @Nullable Handler rest(
      Node node, String method, List<String> segments, int at, Map<String, String> params) {
    var handler = node.restHandlers.get(method);
    if (handler != null) {
      params.put(node.restName, String.join("/", segments.subList(at, segments.size())));
    }
    return handler;
  }
}
