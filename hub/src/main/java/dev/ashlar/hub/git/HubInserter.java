package dev.ashlar.hub.git;

import java.io.IOException;
import java.io.InputStream;
import org.eclipse.jgit.internal.storage.dfs.DfsInserter;
import org.eclipse.jgit.internal.storage.dfs.DfsPackParser;

/** Writes objects as JGit does, and takes pushed packs under a budget. */
final class HubInserter extends DfsInserter {
  private final HubObjects objects;

  HubInserter(HubObjects objects) {
    super(objects);
    this.objects = objects;
    Compression.apply(this);
  }

  @Override
  public DfsPackParser newPackParser(InputStream in) throws IOException {
    return new ReceivedPack(objects, this, in, PackBudget.of(Runtime.getRuntime().maxMemory()));
  }
}
