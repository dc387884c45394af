package dev.ashlar.web;

import java.io.IOException;

/** Answers one request; problems are thrown, not caught. */
@FunctionalInterface
public interface Handler {
  /** Reads the request from and writes the reply to the exchange. */
  void handle(Exchange exchange) throws IOException;
}
