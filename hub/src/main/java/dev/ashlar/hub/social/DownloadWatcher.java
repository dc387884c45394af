package dev.ashlar.hub.social;

import dev.ashlar.hub.repo.Visit;
import dev.ashlar.web.Exchange;

/** Hears of requests that give somebody the files of a repository. */
@FunctionalInterface
public interface DownloadWatcher {
  /** A visitor gets a file, or the right to fetch files, by this request. */
  void downloaded(Exchange exchange, Visit visit);
}
