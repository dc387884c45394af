package dev.ashlar.casserver.dedup;

/** Whether a filter answers, and why it does not. */
enum FilterState {
  LOADED,
  LOADING,
  /** The database could not be asked for what was added. */
  STALE,
  /** More chunks than the largest filter can tell apart. */
  TOO_MANY
}
