package dev.ashlar.core.foreign;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * Handles of C functions. What is called in place must be short, as the virtual machine waits for
 * it before it can collect garbage; it may be given arrays where they lie.
 */
@SuppressWarnings("restricted") // the one class that calls native code
public final class NativeCalls {
  private static final int TEXT_BYTES_MAX = 64;

  private NativeCalls() {}

  /** A call in place of a function that is named at each call, so that the handle is a constant. */
  public static MethodHandle inPlace(MemoryLayout... arguments) {
    return Linker.nativeLinker()
        .downcallHandle(FunctionDescriptor.ofVoid(arguments), Linker.Option.critical(true));
  }

  /**
   * A call of a function of the C library, which may take its time.
   *
   * @throws IllegalArgumentException when this system's has no such function
   */
  public static MethodHandle ofSystem(MemoryLayout result, String name, MemoryLayout... arguments) {
    return Linker.nativeLinker()
        .downcallHandle(systemSymbol(name), FunctionDescriptor.of(result, arguments));
  }

  /** The same in place. */
  public static MethodHandle ofSystemInPlace(
      MemoryLayout result, String name, MemoryLayout... arguments) {
    return Linker.nativeLinker()
        .downcallHandle(
            systemSymbol(name),
            FunctionDescriptor.of(result, arguments),
            Linker.Option.critical(true));
  }

  private static MemorySegment systemSymbol(String name) {
    return symbol(Linker.nativeLinker().defaultLookup(), name);
  }

  /** The library of this name or path, for as long as the process lives. */
  public static SymbolLookup library(String name) {
    return SymbolLookup.libraryLookup(name, Arena.global());
  }

  /**
   * Where a function of a library begins.
   *
   * @throws IllegalArgumentException when it has none of this name
   */
  public static MemorySegment symbol(SymbolLookup library, String name) {
    return library
        .find(name)
        .orElseThrow(() -> new IllegalArgumentException("the library has no function " + name));
  }

  /** The text that a function without arguments returns. */
  public static String text(MemorySegment function) {
    var call = Linker.nativeLinker().downcallHandle(function, FunctionDescriptor.of(ADDRESS));
    try {
      var text = (MemorySegment) call.invokeExact();
      return text.reinterpret(TEXT_BYTES_MAX).getString(0);
    } catch (Throwable e) {
      throw new IllegalStateException("a call of a library failed", e);
    }
  }
}
