package dev.ashlar.hub.info;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What clients read of a space's application: spaces are stored here, and none is run. */
record SpaceRuntime(
    String stage,
    Hardware hardware,
    @Nullable String storage,
    @Nullable Integer gcTimeout,
    Map<String, String> raw) {
  record Hardware(@Nullable String current, @Nullable String requested) {}

  static final SpaceRuntime NONE =
      new SpaceRuntime("NO_APP_FILE", new Hardware(null, null), null, null, Map.of());

  SpaceRuntime {
    raw = Map.copyOf(raw);
  }
}
