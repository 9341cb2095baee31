package io.github.externalstorage.cli.codecserver;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** An issuer of tokens. */
record TestTokens(RSAKey key) {

  static final String ISSUER = "https://id.example.com/";
  static final String AUDIENCE = "temporal-codec-server";

  static TestTokens withKey(String keyId) {
    try {
      return new TestTokens(new RSAKeyGenerator(2048).keyID(keyId).generate());
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the issuer publishes. */
  String keys() {
    return new JWKSet(key).toPublicJWKSet().toString();
  }

  /** Valid claims of a caller with permissions. */
  static JWTClaimsSet.Builder claims(String... permissions) {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience(AUDIENCE)
        .subject("alice")
        .expirationTime(Date.from(Instant.now().plusSeconds(3600)))
        .claim("permissions", List.of(permissions));
  }

  String token(String... permissions) {
    return sign(claims(permissions));
  }

  String sign(JWTClaimsSet.Builder claims) {
    try {
      return sign(JWSAlgorithm.RS256, new RSASSASigner(key), claims);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  String sign(JWSAlgorithm algorithm, JWSSigner signer, JWTClaimsSet.Builder claims) {
    try {
      SignedJWT token =
          new SignedJWT(
              new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(), claims.build());
      token.sign(signer);
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
