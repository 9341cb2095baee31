package io.github.externalstorage.examples;

import com.google.common.primitives.Ints;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An option's value that is a whole number within limits. */
abstract class WholeNumber implements ITypeConverter<Integer> {

  private final int least;
  private final int most;

  private WholeNumber(int least, int most) {
    this.least = least;
    this.most = most;
  }

  @Override
  public Integer convert(String value) {
    Integer number = Ints.tryParse(value);
    if (number == null || number < least || number > most) {
      throw new TypeConversionException(
          "'%s' is not a whole number from %s to %s".formatted(value, least, most));
    }
    return number;
  }

  /** A port to listen on, 0 for any free one. */
  static final class OfPort extends WholeNumber {
    OfPort() {
      super(0, 65_535);
    }
  }

  /** More orders may take a busy machine longer to compress than a workflow task's 10 s. */
  static final class OfOrders extends WholeNumber {
    OfOrders() {
      super(1, 5_000);
    }
  }
}
