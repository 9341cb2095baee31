package io.github.externalstorage.cli.codecserver;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Reports to load balancers whether the server is running, and whether it can serve requests. */
final class HealthHandler extends Handler.Wrapper {

  private final Supplier<CompletableFuture<Boolean>> ready;

  HealthHandler(Handler next, Supplier<CompletableFuture<Boolean>> ready) {
    super(next);
    this.ready = ready;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String path = request.getHttpURI().getPath();
    if (!path.equals("/healthz") && !path.equals("/readyz")) {
      return super.handle(request, response, callback);
    }
    if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
      response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
      Response.writeError(request, response, callback, 405);
    } else if (path.equals("/healthz")) {
      respond(response, callback, 200, "ok");
    } else {
      ready
          .get()
          .whenComplete(
              (isReady, failure) -> {
                if (failure == null && isReady) {
                  respond(response, callback, 200, "ready");
                } else {
                  respond(response, callback, 503, "not ready");
                }
              });
    }
    return true;
  }

  private static void respond(Response response, Callback callback, int status, String text) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    Content.Sink.write(response, true, "{\"status\":\"" + text + "\"}", callback);
  }
}
