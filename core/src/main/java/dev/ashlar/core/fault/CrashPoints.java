package dev.ashlar.core.fault;

/**
 * Named points at which a process can be told to die as if it had been killed.
 *
 * <p>They are compiled in, so that a test kills the very server that people run: {@code
 * -Dashlar.crash-point=xorb.committed} halts the process with status 137 when it first passes that
 * point. Without the property a point costs one comparison.
 */
public final class CrashPoints {
  /** The system property that names the point. */
  public static final String PROPERTY = "ashlar.crash-point";

  private static final String CHOSEN = System.getProperty(PROPERTY, "");
  private static final int KILLED = 137;

  private CrashPoints() {}

  /** Passes the point, or ends the process here without running any shutdown code. */
  public static void pass(String point) {
    if (!CHOSEN.isEmpty() && CHOSEN.equals(point)) {
      Runtime.getRuntime().halt(KILLED);
    }
  }
}
