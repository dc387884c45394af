package dev.ashlar.hub.repo;

import dev.ashlar.hub.account.Caller;
import java.util.List;

/**
 * Which repositories a list shall hold.
 *
 * @param caller who sees public repositories and those that belong to him and his token
 * @param author the namespace, or empty
 * @param search texts that the full name must hold, in any case
 * @param tags tags that must all be there
 * @param pipelineTag the task, or empty
 * @param gated {@code true}, {@code false}, or empty for both
 * @param parameters how many parameters a model may have
 * @param rises whether the smallest comes first, by the order
 * @param after where the last page ended
 * @param limit how many at most
 * @param withCard whether the cards are wanted
 */
public record ListQuery(
    RepoType type,
    Caller caller,
    String author,
    List<String> search,
    List<String> tags,
    String pipelineTag,
    String gated,
    ParameterRange parameters,
    RepoOrder order,
    boolean rises,
    Position after,
    int limit,
    boolean withCard) {
  /** A place in an ordered list: the value that orders, and the id that breaks ties. */
  public record Position(String key, long id) {}

  public ListQuery {
    search = List.copyOf(search);
    tags = List.copyOf(tags);
  }
}
