package dev.ashlar.hub.repo;

import java.util.List;
import java.util.Optional;

/** What the files at a repository's head say about it: the card as JSON text, and derived words. */
public record CardFacts(
    Optional<String> json,
    List<String> tags,
    Optional<String> pipelineTag,
    Optional<String> library,
    Optional<String> sdk) {
  /** Of a repository without a card. */
  public static final CardFacts NONE =
      new CardFacts(
          Optional.empty(), List.of(), Optional.empty(), Optional.empty(), Optional.empty());

  public CardFacts {
    tags = List.copyOf(tags);
  }
}
