package io.github.externalstorage.internal.transfers;

import static io.github.externalstorage.internal.transfers.Transfer.Kind.DOWNLOAD;
import static io.github.externalstorage.internal.transfers.Transfer.Kind.UPLOAD;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StallDetectorTest {

  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;
  private static final double STALL = 4;

  /** The clock of System.nanoTime(), about to overflow. */
  private long now = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();

  private final StallDetector detector = new StallDetector(Duration.ofSeconds(4), now);

  @Test
  void anUploadGetsExtraTimeForItsBytes() {
    Transfer upload = upload(512 * KIB);

    assertThat(secondsLeft(upload)).isEqualTo(STALL + 2);
    pass(6);
    assertThat(secondsLeft(upload)).isZero();
  }

  @Test
  void allUploadsShareTheLink() {
    List<Transfer> uploads = uploads(50, 2 * MIB);

    pass(60);

    assertThat(uploads).allSatisfy(it -> assertThat(secondsLeft(it)).isPositive());
    uploads.subList(1, 50).forEach(it -> detector.end(it, now));
    assertThat(secondsLeft(uploads.get(0))).isNegative();
  }

  @Test
  void anUploadThatWaitsForAConnectionHasNoLimit() {
    Transfer waiting = detector.begin(UPLOAD, now);
    detector.accepted(waiting, now);

    pass(3600);

    assertThat(secondsLeft(waiting)).isGreaterThan(1e9);
    detector.connected(waiting, now);
    assertThat(secondsLeft(waiting)).isEqualTo(STALL);
  }

  @Test
  void onlyTheStallTimeoutAppliesToAnOvertakenRequest() {
    Transfer stuck = upload(2 * MIB);
    pass(1);

    completeNew(UPLOAD, 2 * MIB);
    assertThat(secondsLeft(stuck)).isGreaterThan(STALL);
    completeNew(UPLOAD, 2 * MIB);
    completeNew(UPLOAD, 2 * MIB);

    assertThat(secondsLeft(stuck)).isEqualTo(STALL - 1);
  }

  @Test
  void smallRequestsOvertakeALargeOneOnlyTogether() {
    Transfer large = upload(2 * MIB);

    for (int i = 0; i < 8; i++) {
      completeNew(UPLOAD, 300 * KIB);
    }
    assertThat(secondsLeft(large)).isGreaterThan(STALL);
    for (int i = 0; i < 8; i++) {
      completeNew(DOWNLOAD, 300 * KIB);
    }

    assertThat(secondsLeft(large)).isEqualTo(STALL);
  }

  @Test
  void earlierRequestsDoNotOvertake() {
    List<Transfer> uploads = uploads(8, 2 * MIB);

    uploads.subList(1, 8).forEach(it -> detector.completed(it, now));

    assertThat(secondsLeft(uploads.get(0))).isEqualTo(STALL + 8);
  }

  @Test
  void progressEndsBeingOvertaken() {
    Transfer slow = upload(64 * KIB);
    for (int i = 0; i < 4; i++) {
      completeNew(UPLOAD, MIB);
    }
    assertThat(secondsLeft(slow)).isEqualTo(STALL);

    pass(0.25);
    detector.sent(slow, 64 * KIB, now);

    assertThat(secondsLeft(slow)).isEqualTo(STALL + 0.5);
  }

  @Test
  void aFailedRequestDoesNotOvertake() {
    Transfer stuck = upload(0);

    Transfer failing = upload(MIB);
    detector.end(failing, now);

    pass(1);
    completeNew(UPLOAD, 0);
    assertThat(secondsLeft(stuck)).isEqualTo(STALL - 1);
  }

  @Test
  void aProxyMayBufferTheWholeResponse() {
    Transfer download = detector.begin(DOWNLOAD, now);
    pass(100);
    detector.accepted(download, now);

    assertThat(secondsLeft(download)).isEqualTo(STALL + 1.75);
    pass(5.75);
    assertThat(secondsLeft(download)).isZero();
  }

  @Test
  void aStartedResponseMayNotStall() {
    Transfer download = detector.begin(DOWNLOAD, now);
    detector.received(download, 100 * MIB, now);

    pass(STALL);

    assertThat(secondsLeft(download)).isZero();
  }

  @Test
  void aResponseMayNotBeTooSlow() {
    Transfer download = detector.begin(DOWNLOAD, now);
    detector.received(download, 0, now);
    for (int second = 1; second <= 4; second++) {
      pass(1);
      detector.received(download, 1000, now);
    }
    assertThat(secondsLeft(download)).isBetween(0.0, 0.1);
  }

  @Test
  void allResponsesShareTheSlowestLink() {
    List<Transfer> downloads = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Transfer download = detector.begin(DOWNLOAD, now);
      detector.received(download, 0, now);
      downloads.add(download);
    }

    for (int second = 0; second < 100; second++) {
      pass(1);
      downloads.forEach(it -> detector.received(it, StallDetector.SLOWEST_LINK / 50, now));
    }

    assertThat(downloads).allSatisfy(it -> assertThat(secondsLeft(it)).isGreaterThan(STALL - 1));
  }

  @Test
  void aDownloadMayWaitForAConnectionWhileOthersProgress() {
    Transfer first = detector.begin(DOWNLOAD, now);
    Transfer waiting = detector.begin(DOWNLOAD, now);

    for (int second = 0; second < 60; second++) {
      pass(1);
      detector.received(first, MIB, now);
    }

    assertThat(secondsLeft(waiting)).isEqualTo(STALL + 1.75);
    pass(5.75);
    assertThat(secondsLeft(waiting)).isZero();
  }

  @Test
  void aDownloadHasAConnectionIfThereWereEnough() {
    uploads(2, 0).forEach(it -> detector.completed(it, now));
    Transfer moving = detector.begin(DOWNLOAD, now);
    Transfer stuck = detector.begin(DOWNLOAD, now);

    pass(5);
    detector.received(moving, 5 * MIB, now);

    assertThat(secondsLeft(stuck)).isEqualTo(0.75);
  }

  @Test
  void aDownloadThatIsOvertakenHasAConnection() {
    Transfer stuck = detector.begin(DOWNLOAD, now);
    pass(10);
    completeNew(DOWNLOAD, MIB);

    assertThat(secondsLeft(stuck)).isEqualTo(STALL);
  }

  @Test
  void theLongestDurationMeansNoTimeout() {
    StallDetector unlimited = new StallDetector(Duration.ofSeconds(Long.MAX_VALUE), now);
    Transfer upload = unlimited.begin(UPLOAD, now);
    unlimited.connected(upload, now);
    unlimited.sent(upload, 1000 * MIB, now);

    assertThat(unlimited.nanosLeft(upload, now)).isGreaterThan(Duration.ofDays(10_000).toNanos());
  }

  @Test
  void aCompletedResponseCountsAsProgressOfOthers() {
    Transfer other = upload(1000);
    Transfer waiting = detector.begin(UPLOAD, now);
    pass(1);
    assertThat(detector.othersProgressed(waiting)).isFalse();

    detector.completed(other, now);

    assertThat(detector.othersProgressed(waiting)).isTrue();
  }

  private void pass(double seconds) {
    now += Math.round(seconds * 1e9);
  }

  private double secondsLeft(Transfer transfer) {
    return Math.round(detector.nanosLeft(transfer, now) / 1e7) / 100.0;
  }

  private List<Transfer> uploads(int count, int bytes) {
    List<Transfer> uploads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      uploads.add(detector.begin(UPLOAD, now));
    }
    pass(0.001);
    uploads.forEach(
        it -> {
          detector.connected(it, now);
          detector.sent(it, bytes, now);
        });
    return uploads;
  }

  private Transfer upload(int bytes) {
    return uploads(1, bytes).get(0);
  }

  /** A request that starts now and completes at once. */
  private void completeNew(Transfer.Kind kind, int bytes) {
    Transfer transfer = detector.begin(kind, now);
    if (kind == UPLOAD) {
      detector.connected(transfer, now);
      detector.sent(transfer, bytes, now);
    } else {
      detector.received(transfer, bytes, now);
    }
    detector.completed(transfer, now);
  }
}
