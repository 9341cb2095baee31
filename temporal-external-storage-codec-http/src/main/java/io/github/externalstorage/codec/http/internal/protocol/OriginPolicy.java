package io.github.externalstorage.codec.http.internal.protocol;

import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Determines which web pages may call the server: cross-origin resource sharing, see <a
 * href="https://fetch.spec.whatwg.org/#http-cors-protocol">Fetch</a>. Requests without an origin
 * come from no page.
 */
public record OriginPolicy(Set<String> allowed) {

  private static final String ALLOWED_HEADERS =
      "content-type, x-namespace, authorization, authorization-extras, x-preserve-storage-refs";

  /**
   * Rejects a page that is not allowed.
   *
   * @throws HttpErrorException 403
   */
  public void check(CodecRequest request) {
    if (!allowed.containsAll(request.origins())) {
      throw new HttpErrorException(
          403, "Requests from this origin are not allowed; see the allowed origins");
    }
  }

  public CodecResponse preflight() {
    CodecResponse response = CodecResponse.empty(204);
    response.headers().set("Access-Control-Allow-Methods", "POST");
    response.headers().set("Access-Control-Allow-Headers", ALLOWED_HEADERS);
    response.headers().set("Access-Control-Max-Age", "600");
    return response;
  }

  /**
   * Lets an allowed page read the response, errors among them.
   *
   * @param origins those of the request
   * @param response sets a header of the response
   */
  public void allow(List<String> origins, BiConsumer<String, String> response) {
    response.accept("Vary", "Origin");
    if (origins.size() == 1 && allowed.contains(origins.get(0))) {
      response.accept("Access-Control-Allow-Origin", origins.get(0));
      response.accept("Access-Control-Allow-Credentials", "true");
    }
  }
}
