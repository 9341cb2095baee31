package io.github.externalstorage.s3;

import static io.github.externalstorage.s3.Transfer.Kind.DOWNLOAD;
import static io.github.externalstorage.s3.Transfer.Kind.UPLOAD;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TransferPaceTest {

  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;
  private static final double STALL = 4;

  /** As of a clock that is about to overflow, as it may. */
  private long now = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();

  private final TransferPace pace = new TransferPace(Duration.ofSeconds(4), now);

  @Test
  void anUploadHasTheTimeThatItsBytesMayNeed() {
    Transfer upload = upload(512 * KIB);

    assertThat(secondsLeft(upload)).isEqualTo(STALL + 2);
    pass(6);
    assertThat(secondsLeft(upload)).isZero();
  }

  @Test
  void theBytesOfOthersShareTheLink() {
    List<Transfer> uploads = uploads(50, 2 * MIB);

    pass(60);

    assertThat(uploads).allSatisfy(it -> assertThat(secondsLeft(it)).isPositive());
    uploads.subList(1, 50).forEach(it -> pace.end(it, now));
    assertThat(secondsLeft(uploads.get(0))).isNegative();
  }

  @Test
  void anUploadThatWaitsForAConnectionHasNoLimit() {
    Transfer waiting = pace.begin(UPLOAD, now);
    pace.made(waiting, now);

    pass(3600);

    assertThat(secondsLeft(waiting)).isGreaterThan(1e9);
    pace.connected(waiting, now);
    assertThat(secondsLeft(waiting)).isEqualTo(STALL);
  }

  @Test
  void whatIsOvertakenHasTheStallTimeoutAlone() {
    Transfer stuck = upload(2 * MIB);
    pass(1);

    answerNew(UPLOAD, 2 * MIB);
    assertThat(secondsLeft(stuck)).isGreaterThan(STALL);
    answerNew(UPLOAD, 2 * MIB);
    answerNew(UPLOAD, 2 * MIB);

    assertThat(secondsLeft(stuck)).isEqualTo(STALL - 1);
  }

  @Test
  void smallRequestsOvertakeALargeOneOnlyTogether() {
    Transfer large = upload(2 * MIB);

    for (int i = 0; i < 8; i++) {
      answerNew(UPLOAD, 300 * KIB);
    }
    assertThat(secondsLeft(large)).isGreaterThan(STALL);
    for (int i = 0; i < 8; i++) {
      answerNew(DOWNLOAD, 300 * KIB);
    }

    assertThat(secondsLeft(large)).isEqualTo(STALL);
  }

  @Test
  void whatBeganBeforeDoesNotOvertake() {
    List<Transfer> uploads = uploads(8, 2 * MIB);

    uploads.subList(1, 8).forEach(it -> pace.answered(it, now));

    assertThat(secondsLeft(uploads.get(0))).isEqualTo(STALL + 8);
  }

  @Test
  void whatProceedsIsNotOvertakenAnyMore() {
    Transfer slow = upload(64 * KIB);
    for (int i = 0; i < 4; i++) {
      answerNew(UPLOAD, MIB);
    }
    assertThat(secondsLeft(slow)).isEqualTo(STALL);

    pass(0.25);
    pace.sent(slow, 64 * KIB, now);

    assertThat(secondsLeft(slow)).isEqualTo(STALL + 0.5);
  }

  @Test
  void aFailureOvertakesNothing() {
    Transfer stuck = upload(0);

    Transfer failing = upload(MIB);
    pace.end(failing, now);

    pass(1);
    answerNew(UPLOAD, 0);
    assertThat(secondsLeft(stuck)).isEqualTo(STALL - 1);
  }

  @Test
  void anAnswerMayComeAsAWhole() {
    Transfer download = pace.begin(DOWNLOAD, now);
    pass(100);
    pace.made(download, now);

    assertThat(secondsLeft(download)).isEqualTo(STALL + 1.75);
    pass(5.75);
    assertThat(secondsLeft(download)).isZero();
  }

  @Test
  void anAnswerThatHasBegunMayNotStandStill() {
    Transfer download = pace.begin(DOWNLOAD, now);
    pace.received(download, 100 * MIB, now);

    pass(STALL);

    assertThat(secondsLeft(download)).isZero();
  }

  @Test
  void anAnswerMayNotCrawl() {
    Transfer download = pace.begin(DOWNLOAD, now);
    pace.received(download, 0, now);
    for (int second = 1; second <= 4; second++) {
      pass(1);
      pace.received(download, 1000, now);
    }
    assertThat(secondsLeft(download)).isBetween(0.0, 0.1);
  }

  @Test
  void theSlowestLinkIsSharedByAllAnswers() {
    List<Transfer> downloads = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Transfer download = pace.begin(DOWNLOAD, now);
      pace.received(download, 0, now);
      downloads.add(download);
    }

    for (int second = 0; second < 100; second++) {
      pass(1);
      downloads.forEach(it -> pace.received(it, TransferPace.SLOWEST_LINK / 50, now));
    }

    assertThat(downloads).allSatisfy(it -> assertThat(secondsLeft(it)).isGreaterThan(STALL - 1));
  }

  @Test
  void aDownloadMayWaitForAConnectionWhileOthersMove() {
    Transfer first = pace.begin(DOWNLOAD, now);
    Transfer waiting = pace.begin(DOWNLOAD, now);

    for (int second = 0; second < 60; second++) {
      pass(1);
      pace.received(first, MIB, now);
    }

    assertThat(secondsLeft(waiting)).isEqualTo(STALL + 1.75);
    pass(5.75);
    assertThat(secondsLeft(waiting)).isZero();
  }

  @Test
  void aDownloadHasAConnectionWhereThereWereEnough() {
    uploads(2, 0).forEach(it -> pace.answered(it, now));
    Transfer moving = pace.begin(DOWNLOAD, now);
    Transfer stuck = pace.begin(DOWNLOAD, now);

    pass(5);
    pace.received(moving, 5 * MIB, now);

    assertThat(secondsLeft(stuck)).isEqualTo(0.75);
  }

  @Test
  void aDownloadThatIsOvertakenHasAConnection() {
    Transfer stuck = pace.begin(DOWNLOAD, now);
    pass(10);
    answerNew(DOWNLOAD, MIB);

    assertThat(secondsLeft(stuck)).isEqualTo(STALL);
  }

  @Test
  void theLongestTimeoutThereIsMeansNone() {
    TransferPace patient = new TransferPace(Duration.ofSeconds(Long.MAX_VALUE), now);
    Transfer upload = patient.begin(UPLOAD, now);
    patient.connected(upload, now);
    patient.sent(upload, 1000 * MIB, now);

    assertThat(patient.nanosLeft(upload, now)).isGreaterThan(Duration.ofDays(10_000).toNanos());
  }

  @Test
  void othersMoveWhenAnAnswerArrives() {
    Transfer other = upload(1000);
    Transfer waiting = pace.begin(UPLOAD, now);
    pass(1);
    assertThat(pace.othersMoved(waiting)).isFalse();

    pace.answered(other, now);

    assertThat(pace.othersMoved(waiting)).isTrue();
  }

  private void pass(double seconds) {
    now += Math.round(seconds * 1e9);
  }

  private double secondsLeft(Transfer transfer) {
    return Math.round(pace.nanosLeft(transfer, now) / 1e7) / 100.0;
  }

  private List<Transfer> uploads(int count, int bytes) {
    List<Transfer> uploads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      uploads.add(pace.begin(UPLOAD, now));
    }
    pass(0.001);
    uploads.forEach(
        it -> {
          pace.connected(it, now);
          pace.sent(it, bytes, now);
        });
    return uploads;
  }

  private Transfer upload(int bytes) {
    return uploads(1, bytes).get(0);
  }

  /** A request that begins now and is answered at once. */
  private void answerNew(Transfer.Kind kind, int bytes) {
    Transfer transfer = pace.begin(kind, now);
    if (kind == UPLOAD) {
      pace.connected(transfer, now);
      pace.sent(transfer, bytes, now);
    } else {
      pace.received(transfer, bytes, now);
    }
    pace.answered(transfer, now);
  }
}
