package io.github.externalstorage.cli.codecserver;

import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Reports to load balancers whether the server is running, and whether it accepts requests. */
final class HealthHandler extends Handler.Wrapper {

  private final BooleanSupplier ready;

  HealthHandler(Handler next, BooleanSupplier ready) {
    super(next);
    this.ready = ready;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    return switch (request.getHttpURI().getPath()) {
      case "/healthz" -> respond(request, response, callback, 200, "ok");
      case "/readyz" ->
          ready.getAsBoolean()
              ? respond(request, response, callback, 200, "ready")
              : respond(request, response, callback, 503, "not ready");
      default -> super.handle(request, response, callback);
    };
  }

  private static boolean respond(
      Request request, Response response, Callback callback, int status, String text) {
    if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
      response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
      Response.writeError(request, response, callback, 405);
      return true;
    }
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    Content.Sink.write(response, true, "{\"status\":\"" + text + "\"}", callback);
    return true;
  }
}
