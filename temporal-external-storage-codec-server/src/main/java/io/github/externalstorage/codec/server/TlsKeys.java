package io.github.externalstorage.codec.server;

import java.time.Instant;
import javax.net.ssl.SSLContext;

/**
 * What the server shows to its clients.
 *
 * @param expiry when the certificate ends
 */
record TlsKeys(SSLContext context, Instant expiry) {}
