package io.github.externalstorage.cli.operator;

import io.github.externalstorage.cli.config.ConfigException;
import io.github.externalstorage.cli.config.ConfigFile;
import io.github.externalstorage.cli.config.Section;
import io.temporal.envconfig.ClientConfig;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.envconfig.ClientConfigTLS;
import io.temporal.envconfig.LoadClientConfigProfileOptions;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * How to connect to the Temporal server: the section of the file, or a profile of {@code
 * temporal.toml}. The environment's variables {@code TEMPORAL_*} override both, as in other
 * Temporal tools.
 *
 * @param profile the name of a profile in {@code temporal.toml}
 * @param settings those in the file; empty if there are none
 */
record TemporalSettings(Optional<String> profile, Optional<ClientConfigProfile> settings) {

  private static final String PROFILE_OF_THE_FILE = "default";

  /** Reads the section; what is wrong becomes a problem of the file. */
  static TemporalSettings read(Section section, ConfigFile file) {
    Optional<String> profile = section.text("profile");
    Optional<String> address = section.get("address", TemporalSettings::address);
    Optional<String> apiKey = section.text("apiKey");
    Section tls = section.section("tls");
    Optional<ClientConfigTLS> tlsSettings = tls(tls, file);
    if (address.isEmpty() && apiKey.isEmpty() && !tls.isPresent()) {
      return new TemporalSettings(profile, Optional.empty());
    }
    if (profile.isPresent()) {
      section.addProblem(
          "profile", "can't be combined with other settings: set those in the profile");
    }
    ClientConfigProfile.Builder settings = ClientConfigProfile.newBuilder();
    address.ifPresent(settings::setAddress);
    apiKey.ifPresent(settings::setApiKey);
    tlsSettings.ifPresent(settings::setTls);
    return new TemporalSettings(Optional.empty(), Optional.of(settings.build()));
  }

  /**
   * The options of a connection.
   *
   * @throws ConfigException if a variable or the profile is wrong
   */
  WorkflowServiceStubsOptions options(Map<String, String> environment) throws ConfigException {
    LoadClientConfigProfileOptions.Builder options =
        LoadClientConfigProfileOptions.newBuilder().setEnvOverrides(environment);
    try {
      if (settings.isPresent()) {
        ClientConfig file =
            ClientConfig.newBuilder().putProfile(PROFILE_OF_THE_FILE, settings.get()).build();
        options
            .setConfigFileData(ClientConfig.toTomlAsBytes(file))
            .setConfigFileProfile(PROFILE_OF_THE_FILE);
      } else {
        profile.ifPresent(options::setConfigFileProfile);
      }
      return load(options, environment).toWorkflowServiceStubsOptions();
    } catch (IOException | RuntimeException e) {
      throw new ConfigException(
          "The settings of the Temporal server are not valid (%s): check the section 'temporal', the variables TEMPORAL_* and the profile in temporal.toml"
              .formatted(Objects.requireNonNullElse(e.getCause(), e)));
    }
  }

  private ClientConfigProfile load(
      LoadClientConfigProfileOptions.Builder options, Map<String, String> environment)
      throws IOException {
    try {
      return ClientConfigProfile.load(options.build());
    } catch (NullPointerException e) {
      // So fails temporal-envconfig 1.38.0 if there is a temporal.toml without any profile.
      String name = profile.orElseGet(() -> environment.getOrDefault("TEMPORAL_PROFILE", ""));
      if (!name.isEmpty()) {
        throw new IllegalArgumentException("temporal.toml has no profile '" + name + "'");
      }
      return ClientConfigProfile.load(options.setDisableFile(true).build());
    }
  }

  private static Optional<ClientConfigTLS> tls(Section section, ConfigFile file) {
    Function<String, String> path = text -> file.resolve(text).toString();
    Optional<String> ca = section.get("ca", path);
    Optional<String> certificate = section.get("certificate", path);
    Optional<String> key = section.get("key", path);
    Optional<String> serverName = section.text("serverName");
    if (!section.isPresent()) {
      return Optional.empty();
    }
    if (certificate.isPresent() != key.isPresent()) {
      section.addProblem(
          certificate.isPresent() ? "key" : "certificate",
          "is missing: a client certificate needs both");
    }
    // Otherwise an empty section would be left out.
    ClientConfigTLS.Builder tls = ClientConfigTLS.newBuilder().setDisabled(false);
    ca.ifPresent(tls::setServerCACertPath);
    certificate.ifPresent(tls::setClientCertPath);
    key.ifPresent(tls::setClientKeyPath);
    serverName.ifPresent(tls::setServerName);
    return Optional.of(tls.build());
  }

  private static String address(String text) {
    if (!text.matches("\\S+:[0-9]{1,5}")) {
      throw new IllegalArgumentException("must be a host and a port, such as localhost:7233");
    }
    return text;
  }
}
