package io.github.externalstorage.codec.http.internal.server;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.externalstorage.codec.http.internal.protocol.HttpErrorException;
import org.junit.jupiter.api.Test;

final class MemoryBudgetTest {

  private static final long CAPACITY = 8000;

  private final MemoryBudget budget = new MemoryBudget(CAPACITY, () -> false);
  private final MemoryBudget.Share large = budget.open();
  private final MemoryBudget.Share small = budget.open();

  @Test
  void aLargeRequestReleasesMemoryWhileASmallOneHasWhatIsReserved() {
    large.add(7000);
    small.add(500);

    assertThatCode(() -> large.add(0)).doesNotThrowAnyException();
    assertThatCode(() -> large.add(-7000)).doesNotThrowAnyException();
    assertThatCode(() -> large.add(0)).doesNotThrowAnyException();
    large.add(6500);
  }

  @Test
  void aLargeRequestGetsNothingOfWhatIsReserved() {
    large.add(6000);

    assertThatExceptionOfType(HttpErrorException.class).isThrownBy(() -> large.add(1001));
    small.add(1000);
    assertThatExceptionOfType(HttpErrorException.class).isThrownBy(() -> large.add(1));
  }
}
