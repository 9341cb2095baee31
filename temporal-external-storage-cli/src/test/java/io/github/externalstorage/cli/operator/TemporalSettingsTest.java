package io.github.externalstorage.cli.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.externalstorage.cli.config.ConfigException;
import io.github.externalstorage.cli.config.ConfigFile;
import io.github.externalstorage.fixtures.TestCertificate;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemporalSettingsTest {

  @TempDir private Path folder;
  private final Map<String, String> environment = new HashMap<>();

  @Test
  void theDefaultIsALocalServer() throws Exception {
    noProfiles();

    WorkflowServiceStubsOptions options =
        WorkflowServiceStubsOptions.newBuilder(options("")).validateAndBuildWithDefaults();

    assertThat(options.getTarget()).isEqualTo("127.0.0.1:7233");
    assertThat(options.getEnableHttps()).isFalse();
  }

  @Test
  void readsTheFile() throws Exception {
    noProfiles();
    environment.put("KEY", "a-key");

    WorkflowServiceStubsOptions options =
        options("temporal: {address: 'temporal.example.com:7233', apiKey: '${KEY}'}");

    assertThat(options.getTarget()).isEqualTo("temporal.example.com:7233");
    // An API key is never sent without TLS.
    assertThat(options.getEnableHttps()).isTrue();
  }

  @Test
  void readsCertificatesBesideTheFile() throws Exception {
    noProfiles();
    TestCertificate.make(folder, "EC").write(folder.resolve("a.crt"), folder.resolve("a.key"));

    assertThat(
            options(
                    "temporal: {address: 'a:7233', tls: {ca: a.crt, certificate: a.crt, key: a.key,"
                        + " serverName: b}}")
                .getSslContext())
        .isNotNull();
    assertThat(options("temporal: {address: 'a:7233', tls: {}}").getSslContext()).isNotNull();
  }

  @Test
  void theEnvironmentOverridesTheFile() throws Exception {
    noProfiles();
    environment.put("TEMPORAL_ADDRESS", "of-environment:7233");
    // Not of the file's section.
    environment.put("TEMPORAL_PROFILE", "of-environment");

    assertThat(options("temporal: {address: 'of-file:7233'}").getTarget())
        .isEqualTo("of-environment:7233");
  }

  /** As {@code TEMPORAL_CONFIG_FILE=/dev/null} does. */
  @Test
  void aFileWithoutProfilesIsLikeNone() throws Exception {
    profiles("");
    environment.put("TEMPORAL_ADDRESS", "of-environment:7233");

    assertThat(options("").getTarget()).isEqualTo("of-environment:7233");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# none yet", "[other]"})
  void aFileWithoutProfilesDoesNotHaveTheRequestedOne(String toml) throws Exception {
    profiles(toml);

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> options("temporal: {profile: prod}"))
        .withMessageContaining("temporal.toml has no profile 'prod'");
    environment.put("TEMPORAL_PROFILE", "test");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> options(""))
        .withMessageContaining("temporal.toml has no profile 'test'");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> options("temporal: {profile: prod}"))
        .withMessageContaining("temporal.toml has no profile 'prod'");
  }

  @Test
  void anEmptyNameOfAProfileIsNone() throws Exception {
    profiles("");
    environment.put("TEMPORAL_PROFILE", "");
    environment.put("TEMPORAL_ADDRESS", "of-environment:7233");

    assertThat(options("").getTarget()).isEqualTo("of-environment:7233");
  }

  @Test
  void readsAProfile() throws Exception {
    profiles("[profile.prod]\naddress = 'of-profile:7233'\n");

    assertThat(options("temporal: {profile: prod}").getTarget()).isEqualTo("of-profile:7233");
  }

  @Test
  void saysWhatIsWrong() throws Exception {
    profiles("[profile.prod]\naddress = 'of-profile:7233'\n");

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> options("temporal: {profile: test}"))
        .withMessageContaining("check the section 'temporal'");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> options("temporal: {profile: prod, address: 'of-file:7233'}"))
        .withMessageContaining("temporal.profile can't be combined");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> options("temporal: {address: 'http://a'}"))
        .withMessageContaining("must be a host and a port");
  }

  private void noProfiles() throws IOException {
    profiles("[profile.other]\naddress = 'other:7233'\n");
  }

  private void profiles(String toml) throws IOException {
    environment.put(
        "TEMPORAL_CONFIG_FILE",
        Files.writeString(folder.resolve("temporal.toml"), toml).toString());
  }

  private WorkflowServiceStubsOptions options(String yaml) throws Exception {
    ConfigFile file =
        new ConfigFile(Files.writeString(folder.resolve("config.yaml"), yaml), environment);
    TemporalSettings settings = TemporalSettings.read(file.root().section("temporal"), file);
    file.requireValid();
    return settings.options(environment);
  }
}
