package io.github.externalstorage.cli.codecserver;

import java.time.Instant;
import javax.net.ssl.SSLContext;

/**
 * What the server shows to its clients.
 *
 * @param expiry when the certificate ends
 */
record TlsKeys(SSLContext context, Instant expiry) {}
