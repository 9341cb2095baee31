package io.github.externalstorage.lifecycle.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.fixtures.temporal.FakeTemporalServer;
import io.github.externalstorage.lifecycle.LifecycleException;
import io.github.externalstorage.lifecycle.NamespaceStorage;
import io.github.externalstorage.lifecycle.PayloadLocation.Kind;
import io.github.externalstorage.lifecycle.testing.Events;
import io.github.externalstorage.lifecycle.testing.StoredSamples;
import io.github.externalstorage.reference.StorageReference;
import io.grpc.Status;
import io.temporal.api.common.v1.DataBlob;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.enums.v1.EncodingType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorageCheckTest {

  @AutoClose private final FakeTemporalServer server = new FakeTemporalServer();
  private final WorkflowServiceStubs service =
      WorkflowServiceStubs.newServiceStubs(
          WorkflowServiceStubsOptions.newBuilder().setTarget(server.address()).build());
  private final StoredSamples samples = new StoredSamples();
  private final List<ReferenceProblem> problems = new ArrayList<>();

  @AfterEach
  void disconnect() {
    service.shutdownNow();
  }

  @Test
  void readsEveryPlaceThatAPayloadCanBeIn() {
    fillServer();

    StorageCheckResult result = check().run();

    assertThat(problems).isEmpty();
    assertThat(result.isFine()).isTrue();
    assertThat(result.references()).isEqualTo(Events.EVERYWHERE.size() + 10 + 3);
    assertThat(result.checked())
        .isEqualTo(
            Map.of(
                Kind.WORKFLOW, 5L, Kind.SCHEDULE, 1L, Kind.ACTIVITY, 1L, Kind.NEXUS_OPERATION, 1L));
    assertThat(result.vanished()).isZero();
    assertThat(result.unsupported()).isEmpty();
  }

  @Test
  void saysWhereObjectsAreMissing() {
    fillServer();
    samples.driver.getObjects().clear();

    StorageCheckResult result = check().run();

    List<String> expected =
        new ArrayList<>(
            Events.EVERYWHERE.stream()
                .map(place -> "orders workflow 'everywhere' run everywhere-run event " + place)
                .toList());
    String input = " event 1 WorkflowExecutionStarted input.payloads[0]";
    expected.add("orders workflow 'open' run open-run" + input);
    expected.add(
        "orders workflow 'open' run open-run pendingActivities[0].heartbeatDetails.payloads[0]");
    expected.add(
        "orders workflow 'open' run open-run"
            + " pendingActivities[0].lastFailure.applicationFailureInfo.details.payloads[0]");
    expected.add("orders schedule 'daily' schedule.action.startWorkflow.input.payloads[0]");
    expected.add("orders schedule 'daily' schedule.action.startWorkflow.memo.fields[note]");
    expected.add("orders activity 'alone' run alone-run input.payloads[0]");
    expected.add("orders activity 'alone' run alone-run outcome.result.payloads[0]");
    expected.add("orders activity 'alone' run alone-run info.heartbeatDetails.payloads[0]");
    expected.add(
        "orders activity 'alone' run alone-run"
            + " info.lastFailure.applicationFailureInfo.details.payloads[0]");
    expected.add("orders nexus operation 'charge' run charge-run input");
    expected.add("orders nexus operation 'charge' run charge-run result");
    expected.add("orders workflow 'legacy' run legacy-run" + input);
    expected.add("orders workflow 'marked' run marked-run" + input);
    assertThat(problems)
        .extracting(problem -> problem.location().toString())
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(problems).allMatch(problem -> problem.kind() == ReferenceProblem.Kind.MISSING);
    assertThat(result.problems())
        .isEqualTo(Map.of(ReferenceProblem.Kind.MISSING, (long) expected.size()));
    assertThat(result.isFine()).isFalse();
  }

  @Test
  void findsReferencesThatACodecEncodedWithoutAMarker() {
    server.addRun("proxied", List.of(Events.started(samples.encoded("a"), plain("b"))));

    StorageCheckResult result = check(postStorage()).run();

    assertThat(result.references()).isEqualTo(1);
    assertThat(result.isFine()).isTrue();
  }

  @Test
  void aPayloadThatTheCodecCannotDecodeMayBeAReference() {
    Payload broken =
        StoredSamples.GZIP.encode(List.of(plain("a"))).get(0).toBuilder()
            .setData(ByteString.copyFromUtf8("not gzip"))
            .build();
    server.addRun("proxied", List.of(Events.started(broken)));

    var unused = check(postStorage()).run();

    assertThat(problems)
        .singleElement()
        .returns(ReferenceProblem.Kind.UNREADABLE, ReferenceProblem::kind);
  }

  @Test
  void findsObjectsOfAnotherSize() {
    Payload reference = samples.stored("some order");
    samples.driver.getObjects().replaceAll((key, object) -> object.substring(1));
    server.addRun("order-1", List.of(Events.started(reference)));

    var unused = check().run();

    assertThat(problems)
        .singleElement()
        .returns(ReferenceProblem.Kind.DAMAGED, ReferenceProblem::kind);
  }

  @Test
  void readsTheContentIfAsked() {
    Payload damaged = samples.stored("some order");
    samples
        .driver
        .getObjects()
        .replaceAll((key, object) -> ByteString.copyFrom(new byte[object.size()]));
    Payload intact = samples.stored("another order");
    server.addRun("order-1", List.of(Events.started(damaged, intact)));

    assertThat(check().run().isFine()).isTrue();
    StorageCheckResult result = newCheck(samples.namespace).setContent(true).build().run();

    assertThat(result.references()).isEqualTo(2);
    assertThat(problems)
        .singleElement()
        .returns(ReferenceProblem.Kind.DAMAGED, ReferenceProblem::kind)
        .satisfies(problem -> assertThat(problem.location().path()).isEqualTo("input.payloads[0]"));
  }

  @Test
  void saysWhichReferencesCannotBeRead() {
    Payload malformed =
        samples.stored("a").toBuilder().setData(ByteString.copyFromUtf8("{oops")).build();
    server.addRun("order-1", List.of(Events.started(malformed, StoredSamples.foreign())));

    StorageCheckResult result = check().run();

    assertThat(result.problems()).isEqualTo(Map.of(ReferenceProblem.Kind.UNREADABLE, 2L));
    assertThat(problems)
        .extracting(ReferenceProblem::message)
        .anyMatch(message -> message.contains("'other', which is not registered"));
    assertThat(problems)
        .extracting(problem -> problem.reference().isPresent())
        .contains(true, false);
  }

  @Test
  void readsEventsThatTheServerDidNotDecode() {
    server.addRun("everywhere", Events.everywhere(samples::stored));
    server.setHistoryChange(
        response ->
            response.toBuilder()
                .clearHistory()
                .addRawHistory(
                    DataBlob.newBuilder()
                        .setEncodingType(EncodingType.ENCODING_TYPE_PROTO3)
                        .setData(response.getHistory().toByteString()))
                .build());

    assertThat(check().run().references()).isEqualTo(Events.EVERYWHERE.size());
  }

  @Test
  void aQueryChoosesRuns() {
    fillServer();

    StorageCheckResult result =
        newCheck(samples.namespace).setQuery("WorkflowId = 'legacy'").build().run();

    assertThat(result.checked()).isEqualTo(Map.of(Kind.WORKFLOW, 1L));
    assertThat(result.references()).isEqualTo(1);
  }

  @Test
  void aRunMayVanish() {
    server.addVanishedRun("gone").addRun("order-1", List.of(Events.started(samples.stored("a"))));

    StorageCheckResult result = check().run();

    assertThat(result.vanished()).isEqualTo(1);
    assertThat(result.references()).isEqualTo(1);
  }

  @Test
  void aServerNeedNotHaveEverything() {
    fillServer();
    List<String> unsupported = List.of("list activities", "list operations");
    server.setFaults(
        call -> unsupported.contains(server.calls().get(call)) ? Status.UNIMPLEMENTED : Status.OK);

    StorageCheckResult result = check().run();

    assertThat(result.unsupported()).containsExactlyInAnyOrder(Kind.ACTIVITY, Kind.NEXUS_OPERATION);
    assertThat(result.checked()).containsOnlyKeys(Kind.WORKFLOW, Kind.SCHEDULE);
  }

  @Test
  void aMissingNamespaceIsNoEmptyOne() {
    StorageCheck check = check(NamespaceStorage.newBuilder("ordres", samples.storage).build());

    assertThatExceptionOfType(LifecycleException.class)
        .isThrownBy(check::run)
        .withMessageContaining("'ordres'")
        .withMessageContaining("NOT_FOUND");
  }

  @Test
  void aNamespaceThatVanishesIsNotJustItsRuns() {
    fillServer();
    server.setFaults(call -> call < 2 ? Status.OK : Status.NOT_FOUND);
    StorageCheck check = newCheck(preStorage()).setQuery("WorkflowId = 'legacy'").build();

    assertThatExceptionOfType(LifecycleException.class)
        .isThrownBy(check::run)
        .withMessageContaining("NOT_FOUND");
    assertThat(server.calls())
        .containsExactly("describe namespace", "list runs", "history legacy", "describe namespace");
  }

  /** For any call, since an incomplete check must not look like a complete one. */
  @Test
  void anErrorOfTheServerEndsTheCheck() {
    fillServer();
    assertThat(check().run().isFine()).isTrue();
    int calls = server.calls().size();
    for (int i = 0; i < calls; i++) {
      int failing = i;
      server.calls().clear();
      server.setFaults(call -> call == failing ? Status.PERMISSION_DENIED : Status.OK);

      assertThatExceptionOfType(LifecycleException.class)
          .as("call %s of %s fails", i, calls)
          .isThrownBy(check()::run)
          .withMessageContaining("PERMISSION_DENIED");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UNAVAILABLE", "RESOURCE_EXHAUSTED", "DEADLINE_EXCEEDED"})
  void aTemporaryErrorOfTheServerIsRetried(Status.Code code) {
    fillServer();
    StorageCheckResult expected = check().run();
    int calls = server.calls().size();
    server.calls().clear();
    server.setFaults(call -> call % 2 == 0 ? code.toStatus() : Status.OK);
    AtomicInteger pauses = new AtomicInteger();

    StorageCheckResult result =
        newCheck(preStorage())
            .setConcurrency(1)
            .setPause(duration -> pauses.incrementAndGet())
            .build()
            .run();

    assertThat(result).isEqualTo(expected);
    assertThat(server.calls()).hasSize(2 * calls);
    assertThat(pauses).hasValue(calls);
  }

  @Test
  void anErrorThatLastsEndsTheCheck() {
    server.setFaults(call -> Status.UNAVAILABLE.withDescription("no host"));

    assertThatExceptionOfType(LifecycleException.class)
        .isThrownBy(check()::run)
        .withMessageContaining("no host");
    assertThat(server.calls()).hasSize(8);
  }

  @Test
  void anErrorOfTheStorageEndsTheCheck() {
    server.addRun("order-1", List.of(Events.started(samples.stored("a"))));
    ExternalStorage failing =
        ExternalStorage.newBuilder().setDriver(new DeniedDriver(samples.driver)).build();

    assertThatExceptionOfType(LifecycleException.class)
        .isThrownBy(check(NamespaceStorage.newBuilder("orders", failing).build())::run)
        .withMessageContaining("access is denied");
  }

  /** If the driver can't describe an object, it is read. */
  @Test
  void checksObjectsOfADriverThatDoesNotDescribeThem() {
    Payload intact = samples.stored("a");
    Payload missing = samples.stored("b");
    samples.driver.getObjects().remove(key(missing));
    server.addRun("order-1", List.of(Events.started(intact, missing)));
    ExternalStorage storage =
        ExternalStorage.newBuilder().setDriver(new PlainDriver(samples.driver)).build();

    StorageCheckResult result = check(NamespaceStorage.newBuilder("orders", storage).build()).run();

    assertThat(result.problems()).isEqualTo(Map.of(ReferenceProblem.Kind.MISSING, 1L));
  }

  /** So the memory that is used does not depend on the number of runs. */
  @Test
  void listsRunsNoFasterThanItReadsThem() {
    int runs = 30;
    IntStream.range(0, runs)
        .forEach(i -> server.addRun("order-" + i, List.of(Events.started(plain("a")))));

    assertThat(check().run().checked()).isEqualTo(Map.of(Kind.WORKFLOW, (long) runs));

    List<String> calls =
        server.calls().stream()
            .filter(call -> call.startsWith("list runs") || call.startsWith("history"))
            .map(call -> call.replaceAll("order-.*", "order"))
            .toList();
    List<String> page = List.of("list runs", "history order", "history order");
    assertThat(calls)
        .isEqualTo(IntStream.range(0, runs / 2).boxed().flatMap(i -> page.stream()).toList());
  }

  @Test
  void namesOfUsersDoNotControlTheTerminal() {
    List<HistoryEvent> events = List.of(Events.started(StoredSamples.foreign()));
    server.addRun("a\u001b[2Jb\u202ec \u8a02\u55ae", events);

    var unused = check().run();

    assertThat(problems.get(0).location())
        .asString()
        .startsWith("orders workflow 'a?[2Jb?c \u8a02\u55ae' run");
  }

  private void fillServer() {
    server
        .addRun("everywhere", Events.everywhere(samples::stored))
        .addOpenRun(
            "open",
            List.of(Events.started(samples.stored("open input"))),
            Events.pending(samples.stored("details"), samples.stored("failure")))
        .addRun("legacy", List.of(Events.started(samples.legacy("legacy"))))
        .addRun("marked", List.of(Events.started(samples.marked("marked"))))
        .addRun("inline", List.of(Events.started(plain("inline"))))
        .addSchedule(
            "daily", Events.schedule(samples.stored("schedule"), samples.stored("schedule memo")))
        .addActivity(
            "alone",
            Events.activity(
                samples.stored("activity"),
                samples.stored("result"),
                samples.stored("heartbeats"),
                samples.stored("activity failure")))
        .addNexusOperation(
            "charge",
            Events.nexusOperation(samples.stored("operation"), samples.stored("charged")));
  }

  private static Payload plain(String data) {
    return StoredSamples.inline(data);
  }

  private static String key(Payload reference) {
    StorageDriverClaim claim = StorageReference.parse(reference).orElseThrow().claim();
    return Objects.requireNonNull(claim.getClaimData().get("key"));
  }

  private StorageCheck check() {
    return check(preStorage());
  }

  /** Only references that are marked as encoded need a codec here. */
  private NamespaceStorage preStorage() {
    return samples.namespace().setPreStorageCodec(StoredSamples.GZIP).build();
  }

  private NamespaceStorage postStorage() {
    return samples.namespace().setPostStorageCodec(StoredSamples.GZIP).build();
  }

  private StorageCheck check(NamespaceStorage namespace) {
    return newCheck(namespace).build();
  }

  private StorageCheck.Builder newCheck(NamespaceStorage namespace) {
    problems.clear();
    return StorageCheck.newBuilder(service, List.of(namespace))
        .setPause(duration -> {})
        .setListener(
            new StorageCheckListener() {
              @Override
              public void onProblem(ReferenceProblem problem) {
                problems.add(problem);
              }
            });
  }
}
