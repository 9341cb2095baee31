package io.github.externalstorage.codec.http.internal.protocol;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Determines which host names are served on the loopback interface. A web page's own host name may
 * resolve to 127.0.0.1; its requests then have that name.
 */
public record HostPolicy(Set<String> allowed) {

  private static final Pattern HOST = Pattern.compile("(\\[[0-9a-f:.]+]|[^:\\[\\]]+)(:[0-9]*)?");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|\\[::1]|127(\\.[0-9]{1,3}){3}");

  /**
   * Rejects a host name that is neither allowed nor that of the loopback interface.
   *
   * @throws HttpErrorException 403
   */
  public void check(CodecRequest request) {
    if (request.loopback() && !isAllowed(request.header("Host").orElse(""))) {
      throw new HttpErrorException(
          403, "Requests to this host name are not allowed on loopback; see the allowed hosts");
    }
  }

  /** Whether a request on the loopback interface may have this header {@code Host}. */
  public boolean isAllowed(String header) {
    Matcher host = HOST.matcher(header.toLowerCase(Locale.ROOT));
    return host.matches()
        && (LOOPBACK.matcher(host.group(1)).matches() || allowed.contains(host.group(1)));
  }
}
