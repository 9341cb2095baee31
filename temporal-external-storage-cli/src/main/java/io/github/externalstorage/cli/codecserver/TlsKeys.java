package io.github.externalstorage.cli.codecserver;

import io.github.externalstorage.cli.config.ConfigFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A server's certificate chain and private key, from PEM files (RFC 7468).
 *
 * @param expiry when the certificate expires
 */
record TlsKeys(SSLContext context, Instant expiry) {

  private static final Pattern PKCS8 =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");
  private static final char[] NO_PASSWORD = {};

  /**
   * Reads the files.
   *
   * @param certificate the certificate, followed by its issuers
   * @param key the key, in PKCS #8 and not encrypted
   * @throws IllegalArgumentException if they can't be used; the message names the file and a remedy
   */
  static TlsKeys load(Path certificate, Path key) {
    X509Certificate[] chain = chain(certificate);
    PrivateKey privateKey = privateKey(key, certificate, chain[0]);
    try {
      if (!isPair(chain[0], privateKey)) {
        throw new IllegalArgumentException(key + " is not the key of " + certificate);
      }
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("server", privateKey, NO_PASSWORD, chain);
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, NO_PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return new TlsKeys(context, chain[0].getNotAfter().toInstant());
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "%s and %s can't be used together (%s)"
              .formatted(certificate, key, e.getClass().getSimpleName()),
          e);
    }
  }

  private static X509Certificate[] chain(Path certificate) {
    try {
      Collection<? extends Certificate> chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(certificate)));
      if (!chain.isEmpty()) {
        return chain.toArray(X509Certificate[]::new);
      }
    } catch (IOException e) {
      throw unreadable(certificate, e);
    } catch (GeneralSecurityException e) {
      // Reported below, as is a file that holds something else.
    }
    throw new IllegalArgumentException(certificate + " holds no certificate in PEM");
  }

  private static PrivateKey privateKey(Path key, Path certificate, X509Certificate owner) {
    try {
      Matcher pem = PKCS8.matcher(Files.readString(key));
      if (pem.find()) {
        byte[] encoded = Base64.getMimeDecoder().decode(pem.group(1));
        return KeyFactory.getInstance(owner.getPublicKey().getAlgorithm())
            .generatePrivate(new PKCS8EncodedKeySpec(encoded));
      }
    } catch (IOException e) {
      throw unreadable(key, e);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException(key + " is not the key of " + certificate, e);
    }
    throw new IllegalArgumentException(
        "%s holds no unencrypted key in PKCS #8; make one with: openssl pkcs8 -topk8 -nocrypt -in %s"
            .formatted(key, key));
  }

  /** While the files are being replaced, one may be new and the other old. */
  private static boolean isPair(X509Certificate leaf, PrivateKey privateKey)
      throws GeneralSecurityException {
    byte[] probe = {1};
    Signature signature = Signature.getInstance(signatureAlgorithm(privateKey));
    signature.initSign(privateKey);
    signature.update(probe);
    byte[] signed = signature.sign();
    signature.initVerify(leaf.getPublicKey());
    signature.update(probe);
    return signature.verify(signed);
  }

  private static String signatureAlgorithm(PrivateKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key.getAlgorithm();
    };
  }

  private static IllegalArgumentException unreadable(Path file, IOException e) {
    return new IllegalArgumentException(file + " " + ConfigFile.reason(e), e);
  }
}
