package dev.ashlar.hub.resolve;

import dev.ashlar.core.token.FileUrl;
import dev.ashlar.core.token.SignedUrls;
import dev.ashlar.hub.repo.Visit;
import dev.ashlar.web.Exchange;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Where the bytes of large files are.
 *
 * @param gatewayUrl the base URL of a gateway of its own, if there is one
 * @param cas the base URL of the chunk store for a visit
 */
public record DownloadUrls(
    SignedUrls signed, Optional<String> gatewayUrl, BiFunction<Exchange, Visit, String> cas) {
  String fileUrl(Exchange exchange, FileUrl url) {
    return gatewayUrl.orElseGet(exchange::baseUrl) + signed.file(url);
  }

  String casUrl(Exchange exchange, Visit visit) {
    return cas.apply(exchange, visit);
  }
}
