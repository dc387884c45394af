package dev.ashlar.hub.info;

import dev.ashlar.core.problem.Need;
import dev.ashlar.core.problem.Problem.Refused;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.account.Authenticator;
import dev.ashlar.hub.account.Caller.SignedIn;
import dev.ashlar.hub.account.Namespaces;
import dev.ashlar.hub.org.Orgs;
import dev.ashlar.hub.org.Role;
import dev.ashlar.hub.repo.ListQuery;
import dev.ashlar.hub.repo.ParameterRange;
import dev.ashlar.hub.repo.Repo;
import dev.ashlar.hub.repo.RepoOrder;
import dev.ashlar.hub.repo.RepoType;
import dev.ashlar.hub.repo.Repos;
import dev.ashlar.hub.tree.Queries;
import dev.ashlar.hub.tree.Times;
import dev.ashlar.metadata.Database;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Reply;
import dev.ashlar.web.Routes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Lists repositories: all that a caller may see, or those of a namespace with what they use. */
public final class ListEndpoints {
  private static final int PAGE_MAX = 1000;
  private static final int PAGE_WITH_FILES_MAX = 100;

  private final Database database;
  private final Authenticator authenticator;
  private final HeadFiles files;
  private final long roomBytes;

  /** Lists the repositories of this database. */
  public ListEndpoints(Database database, Authenticator authenticator, HeadFiles files) {
    this(database, authenticator, files, PageRoom.BYTES_MAX);
  }

  /** The same with another room for the file names of a page. */
  ListEndpoints(Database database, Authenticator authenticator, HeadFiles files, long roomBytes) {
    this.database = database;
    this.authenticator = authenticator;
    this.files = files;
    this.roomBytes = roomBytes;
  }

  /** Adds the routes. */
  public void routes(Routes routes) {
    for (var type : RepoType.values()) {
      routes.get("/api/" + type.plural(), exchange -> list(exchange, type));
    }
    routes.get(
        "/api/settings/repositories",
        exchange -> {
          var caller = authenticator.signedIn(exchange);
          settings(exchange, caller, caller.name());
        });
    routes.get(
        "/api/organizations/{org}/settings/repositories",
        exchange -> settings(exchange, authenticator.signedIn(exchange), exchange.param("org")));
  }

  private void list(Exchange exchange, RepoType type) throws IOException {
    var caller = authenticator.caller(exchange);
    var expand = Expand.of(exchange, type);
    boolean full = Queries.flag(exchange, "full");
    int pageMax = full || expand.contains("siblings") ? PAGE_WITH_FILES_MAX : PAGE_MAX;
    int limit = Queries.number(exchange, "limit", 1, pageMax, pageMax);
    var order = RepoOrder.of(exchange.query("sort").orElse(""));
    boolean rises = exchange.query("direction").orElse("").equals("1");
    var query =
        new ListQuery(
            type,
            caller,
            exchange.query("author").orElse(""),
            words(exchange, "search"),
            tags(exchange),
            exchange.query("pipeline_tag").orElse(""),
            exchange.query("gated").orElse(""),
            parameters(exchange, type),
            order,
            rises,
            Pages.position(exchange, order, rises),
            limit + 1,
            Queries.flag(exchange, "cardData") || Fields.needCard(expand));
    var found = database.read(db -> Repos.list(db, query));
    var elements = new ArrayList<Map<String, Object>>();
    var room = new PageRoom(roomBytes);
    for (var fields : files.fields(found.subList(0, Math.min(limit, found.size())), room)) {
      var element =
          expand.isEmpty()
              ? fields.element(
                  full, Queries.flag(exchange, "cardData"), Queries.flag(exchange, "config"))
              : fields.named(expand);
      if (room.isFull()) {
        break; // the next page begins with this one
      }
      elements.add(element);
    }
    if (found.size() > elements.size()) {
      var last = found.get(elements.size() - 1);
      exchange.setHeader("Link", Pages.next(exchange, order.position(last)));
    }
    exchange.send(Reply.json(200, elements));
  }

  private static ParameterRange parameters(Exchange exchange, RepoType type) {
    return type == RepoType.MODEL
        ? ParameterRange.of(exchange.query("num_parameters").orElse(""))
        : ParameterRange.ANY;
  }

  /** A task is a tag too, and tags have an index. */
  private static List<String> tags(Exchange exchange) {
    return Stream.concat(
            words(exchange, "filter").stream(),
            exchange.query("pipeline_tag").filter(task -> !task.isEmpty()).stream())
        .toList();
  }

  private static List<String> words(Exchange exchange, String name) {
    return exchange.queries(name).stream()
        .flatMap(value -> Stream.of(value.split(",", -1)))
        .filter(word -> !word.isBlank())
        .map(String::strip)
        .toList();
  }

  private void settings(Exchange exchange, SignedIn caller, String name) {
    int limit = Queries.number(exchange, "limit", 1, PAGE_MAX, PAGE_MAX);
    var after = Pages.position(exchange, RepoOrder.CREATED, false);
    var found =
        database.read(
            db -> {
              var namespace =
                  Namespaces.find(db, name)
                      .filter(there -> Orgs.standing(db, caller.id(), there.id()) != Role.NONE)
                      .orElseThrow(() -> new ProblemException(new Refused(Need.NAMESPACE)));
              return Repos.inNamespace(db, caller, namespace.id(), after.id(), limit + 1);
            });
    var page = found.subList(0, Math.min(limit, found.size()));
    if (found.size() > limit) {
      exchange.setHeader("Link", Pages.next(exchange, RepoOrder.CREATED.position(page.getLast())));
    }
    exchange.send(Reply.json(200, used(page)));
  }

  private List<Map<String, Object>> used(List<Repo> repos) {
    var bytes = files.storage().of(repos);
    long sum = Math.max(1, bytes.values().stream().mapToLong(Long::longValue).sum());
    var used = new ArrayList<Map<String, Object>>();
    for (var repo : repos) {
      long own = bytes.getOrDefault(repo.id(), 0L);
      var row = new LinkedHashMap<String, Object>();
      row.put("id", repo.fullName());
      row.put("type", repo.type().word());
      row.put("updatedAt", Times.text(repo.lastModifiedAt()));
      row.put("visibility", repo.visibility().word());
      row.put("storage", own);
      row.put("storagePercent", Math.round(10_000.0 * own / sum) / 10_000.0);
      used.add(row);
    }
    return used;
  }
}
