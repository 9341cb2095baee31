package io.github.externalstorage.interop;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.examples.fulfillment.Orders.BatchSummary;
import io.github.externalstorage.fixtures.fault.Fault;
import io.github.externalstorage.fixtures.fault.FaultPlan;
import io.temporal.client.WorkflowClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Combines all faults: one in five requests to S3 fails, S3 restarts, and workers are killed.
 * {@code -Dstorm.seed} repeats the orders and the sequence of faults of an earlier storm.
 */
@InteropTest
@Tag("storm")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class StormTest {

  private static final int BATCHES = 100;
  private static final int KILLS = 5;
  private static final Set<Integer> S3_RESTARTS_AFTER_KILLS = Set.of(2, 4);
  private static final double PROBABILITY = 0.2;
  private static final List<Fault> FAULTS =
      List.of(
          Fault.status(500, "InternalError"),
          Fault.status(503, "SlowDown"),
          Fault.status(429, "TooManyRequests"),
          Fault.status(507, "InsufficientStorage"),
          Fault.status(403, "AccessDenied"),
          Fault.status(403, "RequestTimeTooSkewed"),
          Fault.status(400, "ExpiredToken"),
          Fault.status(301, "PermanentRedirect"),
          Fault.status(404, "NoSuchBucket"),
          Fault.status(404, "NoSuchKey"),
          Fault.lostResponse(),
          Fault.resetBeforeBody(),
          Fault.resetInsideBody(),
          Fault.truncatedBody(),
          Fault.truncatedBodyAndLength(),
          Fault.flippedBit(),
          Fault.stall(Duration.ofSeconds(5)),
          Fault.trickle(1000));

  private final long seed = Long.getLong("storm.seed", System.nanoTime());
  private final String name = Names.unique("storm");
  private final Semaphore done = new Semaphore(0);

  @Test
  void everyBatchIsCompletedCorrectly(Stage stage, @TempDir Path folder) throws Exception {
    System.out.printf("%nStorm with -Dstorm.seed=%d%n", seed);
    WorkflowClient client = stage.java().workflowClient();
    List<StormBatch> batches =
        IntStream.range(0, BATCHES).mapToObj(it -> StormBatch.of(seed, name, it)).toList();
    try (StormS3 s3 = new StormS3(folder);
        StormWorker worker = new StormWorker(name, s3.proxy().getEndpoint())) {
      s3.proxy().setPlan(FaultPlan.random(seed, PROBABILITY, FAULTS));
      List<CompletableFuture<BatchSummary>> summaries =
          batches.stream().map(batch -> start(client, batch)).toList();
      for (int kill = 1; kill <= KILLS; kill++) {
        done.acquire(BATCHES / (KILLS + 1));
        worker.killAndStartAgain();
        if (S3_RESTARTS_AFTER_KILLS.contains(kill)) {
          s3.restart();
        }
      }
      for (int i = 0; i < BATCHES; i++) {
        assertThat(summaries.get(i).get())
            .as("Summary of %s", batches.get(i))
            .isEqualTo(batches.get(i).expected());
      }
      StormReport report = report(client, batches, s3);
      System.out.println(report);
      assertThat(report.claims()).hasSize(BATCHES).allSatisfy(claim -> checkObject(claim, s3));
    }
  }

  private CompletableFuture<BatchSummary> start(WorkflowClient client, StormBatch batch) {
    CompletableFuture<BatchSummary> summary =
        Batch.start(client, name, batch.workflowId(), batch.request())
            .workflow()
            .getResultAsync(BatchSummary.class);
    return summary.whenComplete((value, failure) -> done.release());
  }

  private static StormReport report(WorkflowClient client, List<StormBatch> batches, StormS3 s3) {
    return new StormReport(
        s3.proxy().getRequests(),
        batches.stream().map(batch -> client.fetchHistory(batch.workflowId())).toList(),
        s3.bucket().keys("v0/").stream().collect(toSet()));
  }

  private static void checkObject(StorageDriverClaim claim, StormS3 s3) {
    byte[] object = s3.bucket().read(Objects.requireNonNull(claim.getClaimData().get("key")));
    assertThat(Hashing.sha256().hashBytes(object))
        .hasToString(claim.getClaimData().get("hash_value"));
  }
}
