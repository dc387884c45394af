package dev.ashlar.casserver.config;

import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.web.PublicUrl;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The whole configuration of a process, checked. */
public record ServerConfig(
    Path data,
    InetSocketAddress listen,
    PublicUrl publicUrl,
    Optional<String> gatewayUrl,
    Optional<ExternalDatabase> database,
    Duration xetTokenLifetime,
    Duration signedUrlLifetime,
    Duration stallTimeout,
    long stallRate,
    long lfsThresholdBytes,
    boolean binaryAsLfs,
    long gitPushLimitBytes,
    long multipartThresholdBytes,
    long multipartPartBytes,
    Optional<Path> blake3Library) {
  private static final long PART_BYTES_MIN = 1 << 20;
  private static final long PART_BYTES_MAX = 5L << 30;
  private static final Duration SIGNED_URL_LIFETIME_MAX = Duration.ofMinutes(60);

  /** A PostgreSQL that somebody else runs. */
  public record ExternalDatabase(String url, String user, Optional<Path> passwordFile) {}

  /** Reads the texts of all settings; the first wrong one is a {@link BadConfiguration}. */
  public static ServerConfig of(Map<Setting, String> texts) {
    var read = new Texts(texts);
    return new ServerConfig(
        read.path(Setting.DATA).orElseThrow(() -> wrong(Setting.DATA, "it must not be empty")),
        read.parse(Setting.LISTEN, ServerConfig::address),
        new PublicUrl(read.parse(Setting.PUBLIC_URL, ServerConfig::baseUrl)),
        read.parse(Setting.GATEWAY_URL, ServerConfig::baseUrl),
        read.optional(Setting.DATABASE_URL)
            .map(
                url ->
                    new ExternalDatabase(
                        databaseUrl(url),
                        read.text(Setting.DATABASE_USER),
                        read.path(Setting.DATABASE_PASSWORD_FILE))),
        read.duration(Setting.XET_TOKEN_LIFETIME, Duration.ofHours(24)),
        read.duration(Setting.SIGNED_URL_LIFETIME, SIGNED_URL_LIFETIME_MAX),
        read.duration(Setting.STALL_TIMEOUT, Duration.ofHours(1)),
        read.parse(Setting.STALL_RATE, Long::parseUnsignedLong),
        read.parse(Setting.LFS_THRESHOLD, Long::parseUnsignedLong),
        read.bool(Setting.BINARY_AS_LFS),
        read.parse(Setting.GIT_PUSH_LIMIT, Long::parseUnsignedLong),
        read.parse(Setting.MULTIPART_THRESHOLD, Long::parseUnsignedLong),
        read.parse(Setting.MULTIPART_PART_SIZE, ServerConfig::partBytes),
        read.path(Setting.BLAKE3_LIBRARY));
  }

  private static long partBytes(String text) {
    long bytes = Long.parseUnsignedLong(text);
    if (bytes < PART_BYTES_MIN || bytes > PART_BYTES_MAX) {
      throw new IllegalArgumentException(
          "it must lie between " + PART_BYTES_MIN + " and " + PART_BYTES_MAX);
    }
    return bytes;
  }

  private static BadConfiguration wrong(Setting setting, String why) {
    return new BadConfiguration("The setting " + setting.key() + " is wrong: " + why + ".");
  }

  private static InetSocketAddress address(String text) {
    int colon = text.lastIndexOf(':');
    if (colon <= 0) {
      throw new IllegalArgumentException("it must look like 127.0.0.1:8080");
    }
    var host = text.substring(0, colon);
    try {
      return new InetSocketAddress(
          InetAddress.getByName(host), Integer.parseInt(text.substring(colon + 1)));
    } catch (UnknownHostException _) {
      throw new IllegalArgumentException("the host " + host + " is not known");
    }
  }

  private static Optional<String> baseUrl(String text) {
    return text.isEmpty() ? Optional.empty() : new PublicUrl(Optional.of(text)).configured();
  }

  private static String databaseUrl(String url) {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw wrong(Setting.DATABASE_URL, "it must begin with jdbc:postgresql:");
    }
    if (url.contains("password=")) {
      throw wrong(
          Setting.DATABASE_URL,
          "the password belongs into " + Setting.DATABASE_PASSWORD_FILE.key());
    }
    return url;
  }

  /** Typed reading of the texts; every failure names its setting. */
  private record Texts(Map<Setting, String> texts) {
    String text(Setting setting) {
      return texts.getOrDefault(setting, setting.preset());
    }

    Optional<String> optional(Setting setting) {
      return Optional.of(text(setting)).filter(text -> !text.isEmpty());
    }

    Optional<Path> path(Setting setting) {
      return parse(
          setting,
          text ->
              text.isEmpty()
                  ? Optional.empty()
                  : Optional.of(Path.of(text).toAbsolutePath().normalize()));
    }

    Duration duration(Setting setting, Duration max) {
      var duration = parse(setting, Duration::parse);
      if (duration.compareTo(Duration.ofSeconds(1)) < 0 || duration.compareTo(max) > 0) {
        throw wrong(setting, "it must lie between PT1S and " + max);
      }
      return duration;
    }

    boolean bool(Setting setting) {
      return switch (text(setting)) {
        case "true" -> true;
        case "false" -> false;
        default -> throw wrong(setting, "it must be true or false");
      };
    }

    <T> T parse(Setting setting, Function<String, T> parser) {
      try {
        return parser.apply(text(setting));
      } catch (NumberFormatException _) {
        throw wrong(setting, "a whole number is needed");
      } catch (DateTimeException _) {
        throw wrong(setting, "a duration such as PT60M is needed");
      } catch (ProblemException _) {
        throw wrong(setting, "it must look like https://host or https://host/prefix");
      } catch (IllegalArgumentException e) {
        throw wrong(setting, String.valueOf(e.getMessage()));
      }
    }
  }
}
