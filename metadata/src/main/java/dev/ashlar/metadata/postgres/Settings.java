package dev.ashlar.metadata.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The settings of the embedded PostgreSQL; {@code DIR/postgres/data/postgresql.conf} may add
 * others, but these come on the command line and win.
 *
 * <pre>
 * listen_addresses         127.0.0.1      loopback only, SCRAM password
 * port                     free, new at each start of the server
 * unix_socket_directories  none           a socket's path has a limit that data folders exceed
 * fsync, full_page_writes,
 * synchronous_commit       on             what was acknowledged survives power loss
 * max_connections          60             the pool's 16, the commands, a few for people
 * shared_buffers           128MB
 * work_mem                 8MB
 * maintenance_work_mem     64MB
 * max_wal_size             512MB
 * jit                      off            compiling costs more than our short statements take
 * timezone                 UTC
 * </pre>
 */
final class Settings {
  private static final Map<String, String> LASTING =
      Map.ofEntries(
          Map.entry("listen_addresses", "127.0.0.1"),
          Map.entry("unix_socket_directories", ""),
          Map.entry("password_encryption", "scram-sha-256"),
          Map.entry("fsync", "on"),
          Map.entry("full_page_writes", "on"),
          Map.entry("synchronous_commit", "on"),
          Map.entry("max_connections", "60"),
          Map.entry("shared_buffers", "128MB"),
          Map.entry("work_mem", "8MB"),
          Map.entry("maintenance_work_mem", "64MB"),
          Map.entry("max_wal_size", "512MB"),
          Map.entry("jit", "off"),
          Map.entry("timezone", "UTC"),
          Map.entry("log_timezone", "UTC"),
          Map.entry("log_line_prefix", "%m [%p] "),
          Map.entry("logging_collector", "off"));

  private static final Map<String, String> THROW_AWAY =
      Map.of("fsync", "off", "full_page_writes", "off", "synchronous_commit", "off");

  private final Map<String, String> values;

  private Settings(Map<String, String> values) {
    this.values = values;
  }

  /** For data that must last. */
  static Settings lasting() {
    return new Settings(LASTING);
  }

  /** For tests: as fast as possible, nothing survives a crash. */
  static Settings throwAway() {
    var values = new TreeMap<>(LASTING);
    values.putAll(THROW_AWAY);
    return new Settings(values);
  }

  /** As arguments of the server. */
  List<String> arguments(int port) {
    var arguments = new ArrayList<String>();
    new TreeMap<>(values)
        .forEach((name, value) -> arguments.addAll(List.of("-c", name + "=" + value)));
    arguments.addAll(List.of("-c", "port=" + port));
    return arguments;
  }
}
