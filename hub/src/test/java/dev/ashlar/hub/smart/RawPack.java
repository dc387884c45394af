package dev.ashlar.hub.smart;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;

/** Writes packs byte by byte, right or wrong, and the request that pushes them. */
final class RawPack {
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private long objects;

  /** Adds a whole object and returns its id. */
  ObjectId add(int type, byte[] content) {
    header(type, content.length);
    deflate(content);
    return new ObjectInserter.Formatter().idFor(type, content);
  }

  ObjectId blob(String text) {
    return add(Constants.OBJ_BLOB, text.getBytes(UTF_8));
  }

  /** Adds a commit without parents. */
  ObjectId commit(ObjectId tree) {
    var text =
        "tree "
            + tree.name()
            + "\nauthor A <a@example.org> 1700000000 +0000\n"
            + "committer A <a@example.org> 1700000000 +0000\n\nraw\n";
    return add(Constants.OBJ_COMMIT, text.getBytes(UTF_8));
  }

  /** Adds a delta to an object that is named by its id. */
  void delta(ObjectId base, byte[] delta) {
    header(Constants.OBJ_REF_DELTA, delta.length);
    var raw = new byte[20];
    base.copyRawTo(raw, 0);
    body.writeBytes(raw);
    deflate(delta);
  }

  /** Adds bytes as they are, in the place of an object. */
  void raw(byte[] bytes) {
    objects++;
    body.writeBytes(bytes);
  }

  /** The whole pack; it declares as many objects more as are asked for. */
  byte[] bytes(long more) {
    var pack = ByteBuffer.allocate(12 + body.size() + 20);
    pack.put("PACK".getBytes(UTF_8)).putInt(2).putInt((int) (objects + more));
    pack.put(body.toByteArray());
    var digest = Constants.newMessageDigest();
    digest.update(pack.array(), 0, pack.position());
    return pack.put(digest.digest()).array();
  }

  /** The request that makes a branch of a pack. */
  static byte[] push(String ref, ObjectId id, byte[] pack) {
    var line =
        ObjectId.zeroId().name()
            + " "
            + id.name()
            + " "
            + ref
            + "\0 report-status side-band-64k agent=raw";
    var request = new ByteArrayOutputStream();
    request.writeBytes("%04x%s0000".formatted(line.length() + 4, line).getBytes(ISO_8859_1));
    request.writeBytes(pack);
    return request.toByteArray();
  }

  /** One line of a tree object. */
  static byte[] line(String mode, String name, ObjectId id) {
    return line(mode, name.getBytes(UTF_8), id);
  }

  static byte[] line(String mode, byte[] name, ObjectId id) {
    var line = ByteBuffer.allocate(mode.length() + name.length + 22);
    line.put(mode.getBytes(UTF_8)).put((byte) ' ').put(name).put((byte) 0);
    var raw = new byte[20];
    id.copyRawTo(raw, 0);
    return line.put(raw).array();
  }

  static byte[] join(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (var part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  /** A delta that copies a whole base of this length and adds a byte. */
  static byte[] grown(int baseBytes, char last) {
    var delta = new ByteArrayOutputStream();
    number(delta, baseBytes);
    number(delta, baseBytes + 1);
    for (int at = 0; at < baseBytes; at += 0x10000) {
      copy(delta, at, Math.min(0x10000, baseBytes - at));
    }
    delta.write(1);
    delta.write(last);
    return delta.toByteArray();
  }

  /** A delta that repeats a base of 64 KiB so many times. */
  static byte[] repeated(int times) {
    var delta = new ByteArrayOutputStream();
    number(delta, 0x10000);
    number(delta, (long) times * 0x10000);
    for (int i = 0; i < times; i++) {
      copy(delta, 0, 0x10000);
    }
    return delta.toByteArray();
  }

  private static void copy(ByteArrayOutputStream delta, int at, int length) {
    delta.write(0xff);
    for (int shift = 0; shift < 32; shift += 8) {
      delta.write(at >> shift);
    }
    for (int shift = 0; shift < 24; shift += 8) {
      delta.write(length >> shift);
    }
  }

  private static void number(ByteArrayOutputStream out, long number) {
    long left = number;
    for (; left > 0x7f; left >>>= 7) {
      out.write((int) (left & 0x7f) | 0x80);
    }
    out.write((int) left);
  }

  private void header(int type, long bytes) {
    objects++;
    long left = bytes >>> 4;
    int first = (type << 4) | (int) (bytes & 15);
    body.write(left > 0 ? first | 0x80 : first);
    for (; left > 0; left >>>= 7) {
      body.write((int) (left & 0x7f) | (left > 0x7f ? 0x80 : 0));
    }
  }

  private void deflate(byte[] content) {
    var deflater = new Deflater();
    deflater.setInput(content);
    deflater.finish();
    var buffer = new byte[1 << 16];
    while (!deflater.finished()) {
      body.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
  }
}
