package dev.ashlar.hub.git;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jgit.internal.storage.dfs.DfsInserter;
import org.eclipse.jgit.internal.storage.dfs.DfsObjDatabase;
import org.eclipse.jgit.internal.storage.dfs.DfsPackParser;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.transport.PackedObjectInfo;
import org.eclipse.jgit.util.LongMap;
import org.jspecify.annotations.Nullable;

/**
 * A pack as it comes with a push: JGit's parser under a {@link PackBudget}. It knows how many
 * deltas wait for each base, and so which bytes JGit keeps in memory while it resolves them.
 */
final class ReceivedPack extends DfsPackParser {
  private final PackBudget budget;
  private final LongMap<Integer> deltasByOffset = new LongMap<>();
  private final Map<ObjectId, Integer> deltasById = new HashMap<>();
  private boolean isScanned;
  private @Nullable Part stored;

  /** An object with its place in a chain of deltas. */
  private static final class Part extends PackedObjectInfo {
    private static final long serialVersionUID = 1;
    private static final int UNKNOWN = -1;

    private final @Nullable Part base;
    private int depth;
    private long chainBytes;
    private int waiting = UNKNOWN;

    private Part(AnyObjectId id, @Nullable Part base) {
      super(id);
      this.base = base;
    }
  }

  ReceivedPack(DfsObjDatabase objects, DfsInserter inserter, InputStream in, PackBudget budget) {
    super(objects, inserter, in);
    this.budget = budget;
  }

  @Override
  protected void onPackHeader(long objects) throws IOException {
    budget.objects(objects);
    setMaxObjectSizeLimit(0); // whole blobs are never in memory
    super.onPackHeader(objects);
  }

  @Override
  protected void onBeginWholeObject(long at, int type, long bytes) throws IOException {
    budget.whole(type, bytes);
    super.onBeginWholeObject(at, type, bytes);
  }

  @Override
  protected void onBeginOfsDelta(long at, long base, long bytes) throws IOException {
    budget.delta(bytes);
    var known = deltasByOffset.get(base);
    deltasByOffset.put(base, known == null ? 1 : known + 1);
    super.onBeginOfsDelta(at, base, bytes);
  }

  @Override
  protected void onBeginRefDelta(long at, AnyObjectId base, long bytes) throws IOException {
    budget.delta(bytes);
    deltasById.merge(base.copy(), 1, Integer::sum);
    super.onBeginRefDelta(at, base, bytes);
  }

  @Override
  protected void onPackFooter(byte[] hash) throws IOException {
    isScanned = true;
    setMaxObjectSizeLimit(budget.deltaBytesMax());
    super.onPackFooter(hash);
  }

  @Override
  protected ObjectTypeAndSize seekDatabase(PackedObjectInfo object, ObjectTypeAndSize header)
      throws IOException {
    if (isScanned) {
      budget.base(object.getFullSize());
    }
    return super.seekDatabase(object, header);
  }

  @Override
  protected PackedObjectInfo newInfo(AnyObjectId id, UnresolvedDelta delta, ObjectId base) {
    if (delta == null) {
      return new Part(id, null);
    }
    var part = new Part(id, base instanceof Part inPack ? inPack : stored);
    part.setCRC(delta.getCRC());
    return part;
  }

  /** A base that the pack left out and that the repository has. */
  @Override
  protected boolean onAppendBase(int type, byte[] bytes, PackedObjectInfo info) throws IOException {
    budget.base(bytes.length);
    stored = (Part) info;
    return super.onAppendBase(type, bytes, info);
  }

  @Override
  protected void onInflatedObjectData(PackedObjectInfo info, int type, byte[] bytes)
      throws IOException {
    super.onInflatedObjectData(info, type, bytes);
    if (info instanceof Part part && part.base != null) {
      resolved(part, part.base, bytes.length);
    }
  }

  private void resolved(Part part, Part base, long bytes) throws IOException {
    if (base.waiting == Part.UNKNOWN) {
      base.waiting = waiting(base);
      base.chainBytes = base.getFullSize();
      budget.hold(base.getFullSize());
    }
    part.depth = base.depth + 1;
    part.chainBytes = base.chainBytes + bytes;
    part.waiting = waiting(part);
    budget.resolved(part.depth, part.chainBytes, bytes);
    if (part.waiting > 0) {
      budget.hold(bytes);
    }
    base.waiting--;
    if (base.waiting == 0) {
      budget.release(base.getFullSize());
    }
  }

  private int waiting(Part part) {
    var byOffset = deltasByOffset.remove(part.getOffset());
    var byId = deltasById.remove(part);
    return (byOffset == null ? 0 : byOffset) + (byId == null ? 0 : byId);
  }
}
