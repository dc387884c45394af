package dev.ashlar.hub.smart;

import java.io.IOException;
import java.util.LinkedHashMap;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.transport.AdvertiseRefsHook;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.ServiceMayNotContinueException;
import org.eclipse.jgit.transport.UploadPack;

/**
 * Shows a fetch all refs at once. Else JGit gathers those of each prefix that a request names, the
 * same ones as often as there are prefixes.
 */
final class AllRefs implements AdvertiseRefsHook {
  @Override
  public void advertiseRefs(UploadPack pack) throws ServiceMayNotContinueException {
    var refs = new LinkedHashMap<String, Ref>();
    try {
      for (var ref : pack.getRepository().getRefDatabase().getRefs()) {
        refs.put(ref.getName(), ref);
      }
    } catch (IOException e) {
      throw new ServiceMayNotContinueException(e);
    }
    pack.setAdvertisedRefs(refs);
  }

  /** Pushes see what they see anyway. */
  @Override
  public void advertiseRefs(ReceivePack pack) {}
}
