package io.github.externalstorage.cli.namespaces;

import com.google.auth.Credentials;
import com.google.auth.oauth2.GoogleCredentials;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Google's application default credentials. They are looked up when they are needed, since they may
 * exist only where the server will run. Thread-safe.
 */
final class ApplicationDefaultCredentials extends Credentials {

  private static final long serialVersionUID = 1L;
  private static final String SCOPE = "https://www.googleapis.com/auth/devstorage.read_write";

  private transient @Nullable GoogleCredentials found;

  /**
   * Returns the credentials.
   *
   * @throws IOException if there are none
   */
  synchronized GoogleCredentials find() throws IOException {
    if (found == null) {
      found = GoogleCredentials.getApplicationDefault().createScoped(SCOPE);
    }
    return found;
  }

  @Override
  public String getAuthenticationType() {
    return "OAuth2";
  }

  @Override
  public Map<String, List<String>> getRequestMetadata(@Nullable URI uri) throws IOException {
    return find().getRequestMetadata(uri);
  }

  @Override
  public boolean hasRequestMetadata() {
    return true;
  }

  @Override
  public boolean hasRequestMetadataOnly() {
    return true;
  }

  @Override
  public void refresh() throws IOException {
    find().refresh();
  }
}
