package io.github.externalstorage.s3;

import io.github.externalstorage.fixtures.fault.Fault;
import io.github.externalstorage.fixtures.fault.FaultPlan;
import java.util.Optional;

/** Makes requests fail until it is stopped. */
interface Interference {

  /** Makes the requests of one method fail from now on. */
  void begin(FailingS3 s3, String method);

  /** Makes them succeed again. */
  void end(FailingS3 s3);

  static Interference of(Fault fault) {
    return new Interference() {
      @Override
      public void begin(FailingS3 s3, String method) {
        s3.proxy().setPlan(FaultPlan.always(fault).onlyFor(method));
      }

      @Override
      public void end(FailingS3 s3) {
        s3.proxy().setPlan(FaultPlan.none());
      }
    };
  }

  /** Connections are refused. */
  static Interference refusedConnections() {
    return new Interference() {
      @Override
      public void begin(FailingS3 s3, String method) {
        s3.proxy().refuseConnections();
      }

      @Override
      public void end(FailingS3 s3) {
        s3.proxy().acceptConnections();
      }
    };
  }

  /** The client signs with expired credentials, and later with new ones. */
  static Interference expiry() {
    Fault fault = Fault.status(400, "ExpiredToken");
    return new Interference() {
      @Override
      public void begin(FailingS3 s3, String method) {
        s3.credentials().expire();
        s3.proxy()
            .setPlan(
                (anyMethod, path) ->
                    s3.credentials().haveExpired() ? Optional.of(fault) : Optional.empty());
      }

      @Override
      public void end(FailingS3 s3) {
        s3.credentials().renew();
      }
    };
  }
}
