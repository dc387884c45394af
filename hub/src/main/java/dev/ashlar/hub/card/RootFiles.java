package dev.ashlar.hub.card;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;

/**
 * The files of a root folder that tell something about a repository.
 *
 * @param files the names and what they point at
 * @param endings the endings of names, those of some files further down included
 */
public record RootFiles(
    String readme, Map<String, ObjectId> files, Set<String> endings, Optional<ModelConfig> config) {
  public RootFiles {
    files = new LinkedHashMap<>(files);
    endings = Set.copyOf(endings);
  }
}
