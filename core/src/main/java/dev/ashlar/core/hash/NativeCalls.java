package dev.ashlar.core.hash;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Handles for short calls of C functions. The virtual machine waits for them before it can collect
 * garbage, and they may be given arrays where they lie.
 */
@SuppressWarnings("restricted") // the one class that calls native code
final class NativeCalls {
  private static final int TEXT_BYTES_MAX = 64;

  private NativeCalls() {}

  /** A call of a function that is named at each call, so that the handle can be a constant. */
  static MethodHandle inPlace(MemoryLayout... arguments) {
    return Linker.nativeLinker()
        .downcallHandle(FunctionDescriptor.ofVoid(arguments), Linker.Option.critical(true));
  }

  /** A call of a function of the C library. */
  static MethodHandle ofSystem(MemoryLayout result, String name, MemoryLayout... arguments) {
    var linker = Linker.nativeLinker();
    return linker.downcallHandle(
        symbol(linker.defaultLookup(), name),
        FunctionDescriptor.of(result, arguments),
        Linker.Option.critical(true));
  }

  /** The library of this name or path, for as long as the process lives. */
  static SymbolLookup library(String name) {
    return SymbolLookup.libraryLookup(name, Arena.global());
  }

  static MemorySegment symbol(SymbolLookup library, String name) {
    return library
        .find(name)
        .orElseThrow(() -> new IllegalArgumentException("the library has no function " + name));
  }

  /** The text that a function without arguments returns. */
  static String text(MemorySegment function) {
    var call =
        Linker.nativeLinker().downcallHandle(function, FunctionDescriptor.of(ValueLayout.ADDRESS));
    try {
      var text = (MemorySegment) call.invokeExact();
      return text.reinterpret(TEXT_BYTES_MAX).getString(0);
    } catch (Throwable e) {
      throw new IllegalStateException("a call of a library failed", e);
    }
  }
}
