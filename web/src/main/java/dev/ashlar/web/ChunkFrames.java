package dev.ashlar.web;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.ashlar.web.connection.Connection;
import dev.ashlar.web.connection.SliceBuffers;
import java.io.IOException;
import java.util.Arrays;

/**
 * The chunks of a reply of unknown length, each built in one slice so that it leaves in one
 * writing, with what goes before and behind it.
 */
final class ChunkFrames {
  /** For the reply's headers, when they are due, and the size of a chunk. */
  private static final int ROOM_BYTES = 4096;

  private static final int TAIL_BYTES = 64;
  private static final int END = SliceBuffers.BYTES - TAIL_BYTES;

  private final Connection connection;
  private final byte[] slice = SliceBuffers.take();
  private int begin = ROOM_BYTES;
  private int end = ROOM_BYTES;

  ChunkFrames(Connection connection) {
    this.connection = connection;
  }

  /** Takes as many of the bytes as there is room for. */
  int add(byte[] source, int offset, int length) {
    int taken = Math.min(length, END - end);
    System.arraycopy(source, offset, slice, end, taken);
    end += taken;
    return taken;
  }

  /** Takes the first byte back. */
  byte removeFirst() {
    return slice[begin++];
  }

  /** All that was added and not sent. */
  byte[] held() {
    return Arrays.copyOfRange(slice, begin, end);
  }

  /** Sends {@code before}, what was added as a chunk, and {@code behind}. */
  void send(byte[] before, byte[] behind) throws IOException {
    int at = begin;
    if (end > begin) {
      at = put((Integer.toHexString(end - begin) + "\r\n").getBytes(US_ASCII), at);
      slice[end++] = '\r';
      slice[end++] = '\n';
    }
    if (before.length <= at) {
      at = put(before, at);
    } else {
      connection.write(before, 0, before.length);
    }
    if (behind.length <= slice.length - end) {
      System.arraycopy(behind, 0, slice, end, behind.length);
      connection.write(slice, at, end + behind.length - at);
    } else {
      connection.write(slice, at, end - at);
      connection.write(behind, 0, behind.length);
    }
    begin = ROOM_BYTES;
    end = ROOM_BYTES;
  }

  private int put(byte[] bytes, int before) {
    System.arraycopy(bytes, 0, slice, before - bytes.length, bytes.length);
    return before - bytes.length;
  }

  /** Gives the slice back: nothing is added any more. */
  void release() {
    SliceBuffers.give(slice);
  }
}
