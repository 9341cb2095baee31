package io.github.externalstorage.cli.auth;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.github.externalstorage.cli.config.Section;
import io.github.externalstorage.cli.config.Values;
import io.github.externalstorage.codec.http.spi.CodecAuthenticator;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads which tokens are accepted, and what their bearers may do. */
public final class TokenSettings {

  /**
   * The algorithms with public keys that the JDK supports. With a symmetric algorithm, anyone who
   * knows the public key could sign tokens.
   */
  private static final List<String> ALGORITHMS =
      List.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]+");
  private static final Duration DEFAULT_CLOCK_SKEW = Duration.ofMinutes(1);

  private TokenSettings() {}

  /** The authenticator; empty if the section is missing or wrong. */
  public static Optional<CodecAuthenticator> read(Section section, TokenKeys tokenKeys) {
    if (!section.isPresent()) {
      return Optional.empty();
    }
    String header = section.get("header", TokenSettings::header).orElse("Authorization");
    String permissionsClaim = section.text("permissionsClaim").orElse("permissions");
    String groupsClaim = section.text("groupsClaim").orElse("groups");
    Map<String, List<Permission>> groups = groups(section.section("groups"));
    Optional<JWKSource<SecurityContext>> keys =
        section.require(
            "keys",
            "the URL or the file of the issuer's JWK Set",
            text -> tokenKeys.get(text, section.file()));
    Optional<String> issuer =
        section.require("issuer", "the claim iss of the tokens", text -> text);
    Set<String> audiences = new HashSet<>(section.list("audience", text -> text));
    if (audiences.isEmpty()) {
      section.addProblem("audience", "is missing: the claim aud of the tokens for this server");
    }
    Set<JWSAlgorithm> algorithms =
        new HashSet<>(section.list("algorithms", TokenSettings::algorithm));
    Duration clockSkew =
        section
            .get("clockSkew", Values.duration(Duration.ZERO, Duration.ofMinutes(10)))
            .orElse(DEFAULT_CLOCK_SKEW);
    if (keys.isEmpty() || issuer.isEmpty()) {
      return Optional.empty();
    }
    DefaultJWTClaimsVerifier<SecurityContext> claims =
        new DefaultJWTClaimsVerifier<>(
            audiences,
            new JWTClaimsSet.Builder().issuer(issuer.get()).build(),
            Set.of("exp"),
            Set.of());
    claims.setMaxClockSkew((int) clockSkew.toSeconds());
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(
            algorithms.isEmpty() ? Set.of(JWSAlgorithm.RS256) : algorithms, keys.get()));
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    processor.setJWTClaimsSetVerifier(claims);
    return Optional.of(
        new TokenAuthenticator(processor, header, permissionsClaim, groupsClaim, groups));
  }

  private static Map<String, List<Permission>> groups(Section section) {
    Map<String, List<Permission>> groups = new LinkedHashMap<>();
    for (String group : section.names()) {
      groups.put(group, section.list(group, Permission::parse));
    }
    return groups;
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
