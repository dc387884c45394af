package dev.ashlar.hub.resolve;

import dev.ashlar.web.UrlText;

/** Names a download twice, as RFC 6266 has it: in full, and in ASCII for old clients. */
final class ContentDisposition {
  private ContentDisposition() {}

  /** The header's value; it ends in a semicolon because one client looks for it. */
  static String of(String path, boolean isAttachment) {
    var name = path.substring(path.lastIndexOf('/') + 1);
    var ascii = new StringBuilder();
    name.codePoints()
        .forEach(
            point ->
                ascii.append(
                    point < 0x20 || point > 0x7e || point == '"' || point == '\\'
                        ? '_'
                        : (char) point));
    return "%s; filename*=UTF-8''%s; filename=\"%s\";"
        .formatted(isAttachment ? "attachment" : "inline", UrlText.encode(name), ascii);
  }
}
