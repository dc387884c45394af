package dev.ashlar.casserver.lfs;

import dev.ashlar.core.manifest.ByteRange;
import dev.ashlar.metadata.LfsUploads.Part;
import dev.ashlar.objectstore.ObjectKey;
import dev.ashlar.objectstore.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;

/** Stored parts as one stream; one of them is open at a time. */
final class PartsInput extends InputStream {
  private final ObjectStore objects;
  private final Iterator<Part> rest;
  private InputStream current = nullInputStream();

  PartsInput(ObjectStore objects, List<Part> parts) {
    this.objects = objects;
    this.rest = parts.iterator();
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int n = current.read(target, offset, length);
    while (n < 0 && rest.hasNext()) {
      current.close();
      var part = rest.next();
      current = objects.open(new ObjectKey(part.storageKey()), new ByteRange(0, part.bytes()));
      n = current.read(target, offset, length);
    }
    return n;
  }

  @Override
  public void close() throws IOException {
    current.close();
  }
}
