package dev.ashlar.hub.social;

import dev.ashlar.core.problem.Problem.NotOneOf;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.access.Action;
import dev.ashlar.hub.access.Visibility;
import dev.ashlar.hub.account.Authenticator;
import dev.ashlar.hub.repo.RepoDoor;
import dev.ashlar.hub.repo.RepoType;
import dev.ashlar.hub.repo.Trends;
import dev.ashlar.hub.repo.Trends.Trend;
import dev.ashlar.hub.social.DownloadDays.Day;
import dev.ashlar.hub.tree.Queries;
import dev.ashlar.metadata.Database;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Reply;
import dev.ashlar.web.Routes;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Downloads by day, and what many people took or liked of late. */
public final class StatsEndpoints {
  private static final int DAYS_OF_TREND_MAX = 90;
  private static final int TRENDS_MAX = 100;
  private static final int DAYS_OF_STATS_MAX = 365;

  private final Database database;
  private final Authenticator authenticator;
  private final RepoDoor door;
  private final InstantSource clock;

  /** Figures of the repositories behind the door. */
  public StatsEndpoints(
      Database database, Authenticator authenticator, RepoDoor door, InstantSource clock) {
    this.database = database;
    this.authenticator = authenticator;
    this.door = door;
    this.clock = clock;
  }

  /** Adds the routes. */
  public void routes(Routes routes) {
    for (var type : RepoType.values()) {
      var base = "/api/" + type.plural() + "/{ns}/{name}/stats";
      routes.get(base, exchange -> stats(exchange, type));
      routes.get(base + "/recent", exchange -> recent(exchange, type));
    }
    routes.get("/api/trending", this::trending);
  }

  private void stats(Exchange exchange, RepoType type) {
    var repo = door.enter(exchange, type, Action.READ).repo();
    var answer = new LinkedHashMap<String, Object>();
    answer.put("downloads", repo.downloads());
    answer.put("downloadsAllTime", repo.downloadsAllTime());
    answer.put("likes", repo.likes());
    exchange.send(Reply.json(200, answer));
  }

  /** Every day of the period has its entry, the earliest first. */
  private void recent(Exchange exchange, RepoType type) {
    var repo = door.enter(exchange, type, Action.READ).repo();
    int days = Queries.number(exchange, "days", 1, DAYS_OF_STATS_MAX, 30);
    var today = today();
    var known = database.read(db -> DownloadDays.after(db, repo.id(), today.minusDays(days)));
    var stats = new ArrayList<Map<String, Object>>();
    for (var day = today.minusDays(days - 1); !day.isAfter(today); day = day.plusDays(1)) {
      var entry = new LinkedHashMap<String, Object>();
      entry.put("date", day.toString());
      entry.putAll(figures(known.getOrDefault(day, Day.NONE)));
      stats.add(entry);
    }
    exchange.send(Reply.json(200, Map.of("stats", stats, "period", period(today, days))));
  }

  private static Map<String, Object> figures(Day day) {
    var figures = new LinkedHashMap<String, Object>();
    figures.put("downloads", day.downloads());
    day.signedIn()
        .ifPresent(
            signedIn -> {
              figures.put("authenticated", signedIn);
              figures.put("anonymous", day.downloads() - signedIn);
            });
    return figures;
  }

  private void trending(Exchange exchange) {
    var caller = authenticator.caller(exchange);
    var type = type(exchange);
    int days = Queries.number(exchange, "days", 1, DAYS_OF_TREND_MAX, 7);
    int limit = Queries.number(exchange, "limit", 1, TRENDS_MAX, 20);
    var today = today();
    List<Trend> top =
        database.read(db -> Trends.top(db, caller, type, today.minusDays(days), limit));
    exchange.send(
        Reply.json(
            200,
            Map.of(
                "trending",
                top.stream().map(StatsEndpoints::trend).toList(),
                "period",
                period(today, days))));
  }

  private static Optional<RepoType> type(Exchange exchange) {
    var word = exchange.query("repo_type").orElse("");
    var words = Stream.of(RepoType.values()).map(RepoType::word).toList();
    if (!word.isEmpty() && !words.contains(word)) {
      throw new ProblemException(new NotOneOf("repo_type", words));
    }
    return word.isEmpty() ? Optional.empty() : Optional.of(RepoType.of(word));
  }

  private static Map<String, Object> trend(Trend trend) {
    var repo = trend.repo();
    var answer = new LinkedHashMap<String, Object>();
    answer.put("id", repo.fullName());
    answer.put("type", repo.type().word());
    answer.put("downloads", repo.downloads());
    answer.put("likes", repo.likes());
    answer.put("recent_downloads", trend.downloads());
    answer.put("recent_likes", trend.likes());
    answer.put("trendingScore", trend.score());
    answer.put("private", repo.visibility() != Visibility.PUBLIC);
    return answer;
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private static Map<String, Object> period(LocalDate today, int days) {
    return Map.of(
        "start", today.minusDays(days - 1).toString(), "end", today.toString(), "days", days);
  }
}
