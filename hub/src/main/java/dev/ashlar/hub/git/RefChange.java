package dev.ashlar.hub.git;

/** A ref that shall go from one state to another, if nobody moved it meanwhile. */
record RefChange(String name, RefState expected, RefState wanted) {
  /** What became of a change. */
  enum Outcome {
    /** The ref is in the wanted state. */
    MOVED,
    /** The ref was not in the expected state. */
    LOST,
    /** Another ref's name is a folder of this one, or the other way round. */
    NAME_CONFLICT,
    /** Another change of the same atomic batch failed. */
    ABANDONED
  }

  boolean isDelete() {
    return wanted instanceof RefState.Absent;
  }

  boolean isCreate() {
    return expected instanceof RefState.Absent && !isDelete();
  }
}
