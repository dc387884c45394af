package dev.ashlar.hub.info;

import dev.ashlar.core.problem.Problem.NotOneOf;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.repo.RepoType;
import dev.ashlar.web.Exchange;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which properties a client asks for by name. */
final class Expand {
  private static final List<String> MODEL =
      List.of(
          "author",
          "baseModels",
          "cardData",
          "childrenModelCount",
          "config",
          "createdAt",
          "disabled",
          "downloads",
          "downloadsAllTime",
          "evalResults",
          "gated",
          "gguf",
          "inference",
          "inferenceProviderMapping",
          "lastModified",
          "library_name",
          "likes",
          "mask_token",
          "model-index",
          "pipeline_tag",
          "private",
          "resourceGroup",
          "safetensors",
          "sha",
          "siblings",
          "spaces",
          "tags",
          "transformersInfo",
          "trendingScore",
          "usedStorage",
          "widgetData");
  private static final List<String> DATASET =
      List.of(
          "author",
          "cardData",
          "citation",
          "createdAt",
          "description",
          "disabled",
          "downloads",
          "downloadsAllTime",
          "gated",
          "lastModified",
          "likes",
          "mainSize",
          "paperswithcode_id",
          "private",
          "resourceGroup",
          "sha",
          "siblings",
          "tags",
          "trendingScore",
          "usedStorage");
  private static final List<String> SPACE =
      List.of(
          "author",
          "cardData",
          "createdAt",
          "datasets",
          "disabled",
          "lastModified",
          "likes",
          "models",
          "private",
          "region",
          "resourceGroup",
          "runtime",
          "sdk",
          "sha",
          "siblings",
          "subdomain",
          "tags",
          "trendingScore",
          "usedStorage");

  private static final List<String> KERNEL =
      List.of(
          "author",
          "cardData",
          "createdAt",
          "disabled",
          "downloads",
          "downloadsAllTime",
          "gated",
          "lastModified",
          "likes",
          "private",
          "resourceGroup",
          "sha",
          "siblings",
          "tags",
          "trendingScore",
          "usedStorage");

  /** Asked for by old clients, and not in the list that the error message names. */
  private static final Set<String> TOLERATED =
      Set.of("xetEnabled", "gitalyUid", "gated", "sdk", "pipeline_tag");

  private Expand() {}

  /** The asked names, from repeated parameters and comma lists; empty when nothing was asked. */
  static Set<String> of(Exchange exchange, RepoType type) {
    var allowed =
        switch (type) {
          case MODEL -> MODEL;
          case DATASET -> DATASET;
          case SPACE -> SPACE;
          case KERNEL -> KERNEL;
        };
    var asked = new LinkedHashSet<String>();
    for (var value : exchange.queries("expand")) {
      for (var name : value.split(",", -1)) {
        if (!allowed.contains(name) && !TOLERATED.contains(name)) {
          throw new ProblemException(new NotOneOf("expand", allowed));
        }
        asked.add(name);
      }
    }
    return asked;
  }
}
