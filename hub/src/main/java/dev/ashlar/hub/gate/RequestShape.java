package dev.ashlar.hub.gate;

import com.fasterxml.jackson.databind.util.RawValue;
import dev.ashlar.hub.tree.Times;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** How an access request is written in answers, and its id read from requests. */
final class RequestShape {
  private static final Pattern ID = Pattern.compile("0{8}[0-7][0-9a-f]{15}");

  private RequestShape() {}

  static Map<String, Object> json(AccessRequest request) {
    var user = new LinkedHashMap<String, Object>();
    user.put("_id", hex(request.userId()));
    user.put("user", request.user());
    user.put("fullname", request.fullName().isEmpty() ? request.user() : request.fullName());
    user.put("avatarUrl", "/api/users/" + request.user() + "/avatar");
    if (!request.granted() && !request.email().isEmpty()) {
      user.put("email", request.email());
    }
    var answer = new LinkedHashMap<String, Object>();
    answer.put("requestId", hex(request.id()));
    answer.put("user", user);
    answer.put("status", request.status().word());
    answer.put("timestamp", Times.text(request.askedAt()));
    request.fields().ifPresent(fields -> answer.put("fields", new RawValue(fields)));
    return answer;
  }

  static OptionalLong id(String text) {
    return ID.matcher(text).matches()
        ? OptionalLong.of(Long.parseLong(text.substring(8), 16))
        : OptionalLong.empty();
  }

  private static String hex(long id) {
    return "%024x".formatted(id);
  }
}
