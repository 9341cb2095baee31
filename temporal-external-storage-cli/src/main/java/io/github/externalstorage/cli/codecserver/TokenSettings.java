package io.github.externalstorage.cli.codecserver;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.github.externalstorage.codec.http.CodecAuthenticator;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which tokens are accepted. */
record TokenSettings(
    JWKSource<SecurityContext> keys,
    Set<JWSAlgorithm> algorithms,
    String issuer,
    Set<String> audiences,
    Duration clockSkew) {

  /**
   * What a public key can verify and the JDK knows. With a symmetric algorithm, whoever knows a
   * public key could sign.
   */
  private static final List<String> ALGORITHMS =
      List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]+");
  private static final Duration DEFAULT_CLOCK_SKEW = Duration.ofMinutes(1);

  /** Who decides on callers; empty if the section is not there, or is wrong. */
  static Optional<CodecAuthenticator> read(
      Section section, ConfigurationFile file, FileWatch files, TokenKeySources sources) {
    if (!section.isPresent()) {
      return Optional.empty();
    }
    String header = section.get("header", TokenSettings::header).orElse("Authorization");
    AccessRights rights =
        new AccessRights(
            section.get("permissionsClaim", Values::text).orElse("permissions"),
            section.get("groupsClaim", Values::text).orElse("groups"),
            section.lists("groups", Permission::parse));
    return tokens(section, text -> sources.get(text, file, files))
        .map(tokens -> new TokenAuthenticator(tokens.processor(), header, rights));
  }

  private static Optional<TokenSettings> tokens(
      Section section, Parser<JWKSource<SecurityContext>> parser) {
    Optional<JWKSource<SecurityContext>> keys =
        section.require("keys", "the URL or the file of the issuer's JWK Set", parser);
    Optional<String> issuer =
        section.require("issuer", "what tokens have in their claim iss", Values::text);
    Set<String> audiences = new HashSet<>(section.list("audience", Values::text));
    if (audiences.isEmpty()) {
      section.problem(
          "audience", "is missing: what tokens for this server have in their claim aud");
    }
    Set<JWSAlgorithm> algorithms =
        new HashSet<>(section.list("algorithms", TokenSettings::algorithm));
    Duration clockSkew =
        section
            .get("clockSkew", Values.duration(Duration.ZERO, Duration.ofMinutes(10)))
            .orElse(DEFAULT_CLOCK_SKEW);
    return keys.flatMap(
        source ->
            issuer.map(
                name ->
                    new TokenSettings(
                        source,
                        algorithms.isEmpty() ? Set.of(JWSAlgorithm.RS256) : algorithms,
                        name,
                        audiences,
                        clockSkew)));
  }

  private DefaultJWTProcessor<SecurityContext> processor() {
    DefaultJWTClaimsVerifier<SecurityContext> claims =
        new DefaultJWTClaimsVerifier<>(
            audiences, new JWTClaimsSet.Builder().issuer(issuer).build(), Set.of("exp"), Set.of());
    claims.setMaxClockSkew((int) clockSkew.toSeconds());
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys));
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    processor.setJWTClaimsSetVerifier(claims);
    return processor;
  }

  private static JWSAlgorithm algorithm(String name) {
    if (!ALGORITHMS.contains(name)) {
      throw new IllegalArgumentException("must be one of " + String.join(", ", ALGORITHMS));
    }
    return JWSAlgorithm.parse(name);
  }

  private static String header(String name) {
    if (!HEADER.matcher(name).matches()) {
      throw new IllegalArgumentException("must be a header such as Authorization-Extras");
    }
    return name;
  }
}
