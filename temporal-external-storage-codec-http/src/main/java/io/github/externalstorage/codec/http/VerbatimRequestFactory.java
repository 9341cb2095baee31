package io.github.externalstorage.codec.http;

import java.net.URI;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequestFactory;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/** Leaves targets as they were sent. The default takes {@code //decode} for a host and no path. */
final class VerbatimRequestFactory implements HttpRequestFactory<ClassicHttpRequest> {

  @Override
  public ClassicHttpRequest newHttpRequest(String method, String target) {
    return new BasicClassicHttpRequest(method, (HttpHost) null, target);
  }

  @Override
  public ClassicHttpRequest newHttpRequest(String method, URI target) {
    return newHttpRequest(method, target.toString());
  }
}
