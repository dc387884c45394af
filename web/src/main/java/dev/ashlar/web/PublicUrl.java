package dev.ashlar.web;

import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.ProblemException;
import java.net.URI;
import java.util.Optional;

/**
 * The base of every absolute URL that the server hands out: configured, or else taken from the
 * request's Host header. It may carry a path prefix, which requests may carry as well or not
 * (proxies differ).
 */
public record PublicUrl(Optional<String> configured) {
  public PublicUrl {
    configured = configured.map(PublicUrl::checked);
  }

  private static String checked(String text) {
    var url = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    try {
      var uri = URI.create(url);
      if (uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null) {
        return url;
      }
    } catch (IllegalArgumentException _) {
      // refused below, like every other text that is no base URL
    }
    throw new ProblemException(
        new Invalid("public-url", "it must look like https://host or https://host/prefix"));
  }

  /** The base URL for a request that came with this Host header; no trailing slash. */
  public String of(String host) {
    return configured.orElseGet(() -> "http://" + host);
  }

  /** The path prefix of the configured URL, or an empty string. */
  public String prefix() {
    return configured.map(url -> URI.create(url).getRawPath()).orElse("");
  }

  /** The path as routes know it: proxies may leave the prefix on or take it off. */
  String withoutPrefix(String rawPath) {
    var prefix = prefix();
    return !prefix.isEmpty() && (rawPath.equals(prefix) || rawPath.startsWith(prefix + "/"))
        ? "/" + rawPath.substring(Math.min(rawPath.length(), prefix.length() + 1))
        : rawPath;
  }
}
