package dev.ashlar.hub.org;

import dev.ashlar.core.problem.Problem.Invalid;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.web.Exchange;
import dev.ashlar.web.Reply;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page of a list whose order is that of ids, from the greatest down: the cursor is the last id of
 * the page before, so that what is added meanwhile moves nothing.
 *
 * @param before the ids of this page are smaller
 * @param limit as many elements at most
 */
public record IdPages(Exchange exchange, long before, int limit) {
  private static final int LIMIT_MAX = 100;
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

  /** The page that a request asks for. */
  public static IdPages of(Exchange exchange) {
    return new IdPages(
        exchange,
        number(exchange, "cursor", Long.MAX_VALUE, "it is not one of this list"),
        (int)
            Math.min(
                LIMIT_MAX, number(exchange, "limit", LIMIT_MAX, "a number from 1 on is needed")));
  }

  private static long number(Exchange exchange, String name, long otherwise, String need) {
    var text = exchange.query(name).orElse("");
    if (text.isEmpty()) {
      return otherwise;
    }
    if (!NUMBER.matcher(text).matches()) {
      throw new ProblemException(new Invalid(name, need));
    }
    return Long.parseLong(text);
  }

  /** How many rows to read: one more than the page has, to know whether another follows. */
  public int rows() {
    return limit + 1;
  }

  /** The answer: an array, with the link to the next page if there is one. */
  public <T> Reply reply(List<T> rows, ToLongFunction<T> id, Function<T, Object> element) {
    return reply(rows, id, _ -> true, element);
  }

  /** The same without the rows that are not to be shown. */
  public <T> Reply reply(
      List<T> rows, ToLongFunction<T> id, Predicate<T> shown, Function<T, Object> element) {
    var page = rows.subList(0, Math.min(limit, rows.size()));
    var reply = Reply.json(200, page.stream().filter(shown).map(element).toList());
    return rows.size() > limit ? reply.with("Link", next(id.applyAsLong(page.getLast()))) : reply;
  }

  private String next(long last) {
    var query =
        Stream.concat(
                Stream.of(exchange.rawQuery().split("&", -1))
                    .filter(part -> !part.isEmpty() && !part.startsWith("cursor=")),
                Stream.of("cursor=" + last))
            .collect(Collectors.joining("&"));
    return "<" + exchange.baseUrl() + exchange.rawPath() + "?" + query + ">; rel=\"next\"";
  }
}
