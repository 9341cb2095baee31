package io.github.externalstorage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.cli.codecserver.TestS3;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is reported about a configuration before the server runs. */
final class CheckConfigTest {

  private static final String GOOD =
      """
      namespaces:
        orders: {bucket: payloads, region: us-east-1, endpoint: "${S3}"}
      """;

  /** To add a setting to, which is what is wrong. */
  private static final String WITHOUT_ENDPOINT =
      """
      namespaces:
        orders: {bucket: payloads, region: us-east-1}
      """;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static TestS3 s3;

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void start() {
    s3 = new TestS3("payloads", "orders-payloads", "billing-payloads", "temporal-payloads");
  }

  @AfterAll
  static void stop() {
    s3.close();
  }

  @Test
  void findsNothingWrong() throws IOException {
    assertThat(check(GOOD)).isZero();
    assertThat(out.toString()).isEqualTo(config() + " is valid%n".formatted());
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void findsNothingWrongInTheSample() throws IOException {
    String sample = Files.readString(Path.of("src/main/distribution/conf/codec-server.yaml"));
    String region = "    region: us-east-1\n";
    assertThat(sample).contains(region);
    assertThat(check(sample.replace(region, region + "    endpoint: ${S3}\n"))).isZero();
    assertThat(out.toString()).isEqualTo(config() + " is valid%n".formatted());
  }

  @Test
  void theSettingsOfS3MayStandOutsideOfItsSection() throws IOException {
    assertThat(
            check(
                """
                storage:
                  region: eu-central-1
                  endpoint: ${S3_ENDPOINT:-https://s3.eu-central-1.amazonaws.com}
                  pathStyle: false
                  driverName: aws.s3driver
                namespaces:
                  orders:
                    bucket: orders-payloads
                    readOnlyBuckets: [billing-payloads]
                  "*":
                    bucket: payloads-{namespace}
                """))
        .isZero();
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void findsAllThatIsWrongAtOnce() throws IOException {
    assertThat(
            check(
                """
                sever:
                  port: 8081
                server:
                  port: 99999
                  drainTimeout: 30
                namespaces:
                  orders:
                    bucket: Payloads
                    region: us-east-1
                    treshold: 5
                """))
        .isEqualTo(1);
    assertThat(err.toString().lines())
        .containsExactly(
            config() + ":1: sever is not a setting; did you mean 'server'?",
            config() + ":4: server.port is '99999': must be a whole number from 0 to 65535",
            config() + ":5: server.drainTimeout is '30': must be a time such as 30s, from 0s to 1h",
            config()
                + ":8: namespaces.orders.bucket is 'Payloads': must be a bucket name (3 to 63 of"
                + " a-z, 0-9, '-' and '.') or an access point's ARN; {namespace} in it stands for"
                + " the namespace",
            config()
                + ":10: namespaces.orders.treshold is not a setting; there are bucket, codecs,"
                + " driverName, endpoint, file, formerDriverNames, gcs, keysWithoutNamespace, maxPayloadSize,"
                + " mayRead, pathStyle, payloadSizeThreshold, postStorageCodecs, readOnlyBuckets,"
                + " region, s3");
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "encode: maybe | encode is 'maybe': must be true or false",
        "encode: [true, false] | encode must be a single value",
        "encode: true\\nencode: true | the file has 'encode' twice",
        "web: {origins: [https://a.example, https://b.example/]} | web.origins[1] is"
            + " 'https://b.example/': must be a scheme, a host and maybe a port",
        "web: here | web must be a section: names, each with its value",
        "limits: {maxBodySize: 64MB} | limits.maxBodySize is '64MB': must be a size such as 64MiB",
        "limits: {maxPayloads: 0} | must be a whole number from 1 to 1000000",
        "storage: {endpoint: s3.example.com} | must be a URL such as https://s3.example.com",
        "storage: {endpoint: 'http://me:hunter2@host'} | storage.endpoint is 'http://...@host': must"
            + " be a URL such as https://s3.example.com, with no user or password in it",
        "storage: {bucket: a-bucket, s3: {bucket: b-bucket}} | storage.bucket is in 's3' as well;"
            + " remove one of the two",
        "storage: {codecs: [gzip, com.acme.Codec]} | storage.codecs[1] is 'com.acme.Codec': must be"
            + " 'gzip' or a class on the class path; put its jar there with CLASSPATH_PREFIX",
        "storage: {codecs: java.lang.String} | that implements io.temporal.payload.codec",
        "storage: {s3: {endpoint: x}} | storage.s3.endpoint is 'x': must be a URL such as",
        "storage: {s3: {regoin: x}} | storage.s3.regoin is not a setting; did you mean 'region'?",
        "storage: {s3: x} | storage.s3 must be a section: names, each with its value",
        "storage: {mayReed: x} | storage.mayReed is not a setting; did you mean 'mayRead'?",
        "storage: {formerDriverNames: aws.s3driver} | which is the current name",
        "metrics: {host: 0.0.0.0} | metrics.port is missing: the port that Prometheus scrapes",
        "reloadInterval: 1ms | reloadInterval is '1ms': must be a time such as 30s, from 1s to",
        "server: {host: 0.0.0.0} | server.host is reachable from other machines, and there is no"
            + " authentication: configure jwt, or set server.unauthenticated to true",
        "server: {host: no such host} | server.host is 'no such host': must be an address",
        "server: {tls: {certificate: tls.crt}} | server.tls.key is missing: a PEM file with the"
            + " private key",
        "server: {tls: {certificate: a.crt, key: a.key}} | a.crt can't be read: there is no",
        "jwt: | jwt.keys is missing: the URL or the file of the issuer's JWK Set",
        "jwt: {issuer: me} | jwt.keys is missing: the URL or the file of the issuer's JWK Set",
        "jwt: {keys: no.json} | jwt.keys is 'no.json': the file can't be read: there is",
        "jwt: {keys: \"a\\0b\"} | : must be a path",
        "jwt: {keys: config.yaml} | must be a JWK Set (RFC 7517) with public keys",
        "jwt: {keys: 'http://id.example.com/keys'} | must begin with https://",
        "jwt: {algorithms: [none]} | jwt.algorithms[0] is 'none': must be one of RS256",
        "jwt: {algorithms: HS256} | jwt.algorithms is 'HS256': must be one of RS256",
        "jwt: {groups: {sre: all}} | jwt.groups.sre is 'all': must be a namespace, or * for all",
        "jwt: {header: 'a b'} | must be a header such as Authorization-Extras",
        "jwt: {issuer: x} | jwt.audience is missing: the claim aud of the tokens for",
        "x: ${NO_SUCH_VARIABLE} | x is not a setting",
        "defaultNamespace: ${NOT_SET} | defaultNamespace is '${NOT_SET}': the variable is not set;"
            + " set it, or write ${NOT_SET:-default}",
        "encode: ${SECRET} | encode is '${SECRET}': must be true or false",
        "encode: '' | encode is '': must not be empty",
        "defaultNamespace: 'null' | defaultNamespace is 'null': must be another namespace: 'null'"
            + " stands for an unknown one in the keys of stored payloads",
        "storage: {mayRead: [billing, null]} | storage.mayRead[1] is 'null': must be another",
        "storage: {mayRead: ' '} | storage.mayRead is ' ': must not be empty",
        "jwt: {groups: {sre: 'null:read'}} | jwt.groups.sre is 'null:read': must be another",
        "a: [ | is not YAML: ",
      })
  void saysWhatIsWrong(String setting, String problem) throws IOException {
    assertThat(check(WITHOUT_ENDPOINT + setting.replace("\\n", "\n"))).isEqualTo(1);
    assertThat(err.toString()).startsWith(config() + ":").contains(problem);
    assertThat(err.toString()).doesNotContain("hunter2", "\tat ", "Exception:");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | namespaces is missing: a codec server serves at least one namespace",
        "namespaces: {orders: {region: us-east-1}} | namespaces.orders.bucket is missing: the bucket",
        "namespaces: {Orders: {region: us-east-1, bucket: 'p-{namespace}'}} |"
            + " namespaces.Orders.bucket gives no valid bucket name for this namespace",
        "namespaces: {'*': {region: us-east-1, bucket: 'p-{namespace}', pattern: '['}} |"
            + " must be a regular expression of Java: Unclosed character class",
        "namespaces: {orders: {region: us-east-1, bucket: p-1, pattern: x}} | namespaces.orders"
            + ".pattern is not a setting",
        "namespaces: {orders: {gcs: {}}} | :1: namespaces.orders.gcs.bucket is missing: the bucket",
        "namespaces: {orders: {gcs: {bucket: Payloads}}} | namespaces.orders.gcs.bucket is"
            + " 'Payloads': must be a bucket name (3 or more of a-z, 0-9, '-', '_' and '.');",
        "namespaces: {orders: {gcs: {bucket: a-b, region: x}}} | namespaces.orders.gcs.region is not"
            + " a setting; there are bucket, endpoint, readOnlyBuckets",
        "namespaces: {orders: {file: {}}} | namespaces.orders.file.directory is missing: the",
        "namespaces: {orders: {bucket: a-b, file: {directory: x}}} | namespaces.orders.file is one"
            + " of several storages (file, s3), and a namespace has one",
        "{storage: {gcs: {}, file: {}}, namespaces: {orders: {}}} | namespaces.orders.file is one of"
            + " several storages (file, gcs), and a namespace has one",
        "namespaces: {null: {region: us-east-1, bucket: p-1}} | :1: namespaces.null must be another"
            + " namespace: 'null' stands for an unknown one in the keys of stored payloads",
        "namespaces: {' ': {region: us-east-1, bucket: p-1}} | :1: namespaces.  must not be blank",
        "- a | the file must be a section",
      })
  void saysWhatIsWrongWithNamespaces(String yaml, String problem) throws IOException {
    assertThat(check(yaml)).isEqualTo(1);
    assertThat(err.toString()).contains(problem);
  }

  @Test
  void variablesOfTheEnvironmentComeFirst() throws IOException {
    assertThat(check(GOOD, "CODEC_SERVER_PORT", "eighty")).isEqualTo(1);
    assertThat(err.toString())
        .isEqualTo(
            "CODEC_SERVER_PORT is 'eighty': must be a whole number from 0 to 65535%n".formatted());
  }

  @Test
  void aServiceOfKubernetesIsNoPort() throws IOException {
    assertThat(check(GOOD, "CODEC_SERVER_PORT", "tcp://10.0.0.1:8081")).isZero();
  }

  @Test
  void warnsAboutKeysThatCanNotBeFetchedNow() throws IOException {
    assertThat(
            check(
                GOOD
                    + """
                    jwt: {keys: "http://127.0.0.1:1/keys", issuer: me, audience: you}
                    """))
        .isZero();
    assertThat(out.toString())
        .startsWith("Warning: The keys of tokens can't be fetched now from http://127.0.0.1:1/keys")
        .contains(" is valid");
  }

  @Test
  void findsABucketThatDoesNotExist() throws IOException {
    assertThat(
            check(
                """
                namespaces:
                  orders: {bucket: payloads, region: us-east-1, endpoint: "${S3}"}
                  billing: {bucket: not-there, region: us-east-1, endpoint: "${S3}"}
                """))
        .isEqualTo(1);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("Namespace billing: ")
        .contains("the bucket does not exist", "not-there");
    assertThat(out.toString()).doesNotContain("is valid");
  }

  @Test
  void warnsOfAStorageThatCanNotBeReachedFromHere() throws IOException {
    assertThat(
            check(
                """
                namespaces:
                  orders: {bucket: payloads, region: us-east-1, endpoint: "http://127.0.0.1:1"}
                """))
        .isZero();
    assertThat(out.toString()).startsWith("Warning: Namespace orders: ").contains(" is valid");
  }

  @Test
  void namesAFileThatIsNotThere() {
    assertThat(run(Map.of(), "--check-config", "none.yaml")).isEqualTo(1);
    assertThat(err.toString())
        .isEqualTo("none.yaml: can't be read: there is no such file%n".formatted());
  }

  @Test
  void reportsAMissingFileArgument() {
    assertThat(run(Map.of())).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo("Missing configuration file: name it, or set CODEC_SERVER_CONFIG%n".formatted());
  }

  @Test
  void readsTheFileNameFromTheEnvironment() throws IOException {
    Path file = Files.writeString(config(), GOOD);

    assertThat(run(Map.of("CODEC_SERVER_CONFIG", file.toString()), "--check-config")).isZero();
  }

  @Test
  void rejectsAnUnknownLogLevel() throws IOException {
    assertThat(check(GOOD, "CODEC_SERVER_LOG_LEVEL", "loud")).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("CODEC_SERVER_LOG_LEVEL is 'loud': must be one of trace, debug, info");
  }

  @Test
  void printsItsHelp() {
    assertThat(run(Map.of(), "--help")).isZero();
    assertThat(out.toString())
        .startsWith("Usage: temporal-external-storage codec-server")
        .contains("--check-config", "CODEC_SERVER_PORT", "CODEC_SERVER_LOG_LEVEL");
    assertThat(run(Map.of(), "--version")).isZero();
    assertThat(out.toString()).contains("temporal-external-storage ");
  }

  @Test
  void explainsAnUnknownOption() {
    assertThat(run(Map.of(), "--chek-config")).isEqualTo(2);
    assertThat(err.toString()).contains("Unknown option: '--chek-config'", "--check-config");
  }

  private Path config() {
    return folder.resolve("config.yaml");
  }

  private int check(String yaml, String... variable) throws IOException {
    Files.writeString(config(), yaml);
    return run(
        variable.length == 0
            ? Map.of("SECRET", "hunter2")
            : Map.of("SECRET", "hunter2", variable[0], variable[1]),
        "--check-config",
        config().toString());
  }

  private int run(Map<String, String> environment, String... arguments) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("S3", s3.endpoint());
    all.put("S3_ENDPOINT", s3.endpoint());
    return Main.commandLine(all)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(
            Stream.concat(Stream.of("codec-server"), Stream.of(arguments)).toArray(String[]::new));
  }
}
