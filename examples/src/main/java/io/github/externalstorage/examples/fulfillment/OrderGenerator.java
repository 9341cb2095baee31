package io.github.externalstorage.examples.fulfillment;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.externalstorage.examples.fulfillment.Orders.Address;
import io.github.externalstorage.examples.fulfillment.Orders.Customer;
import io.github.externalstorage.examples.fulfillment.Orders.Order;
import io.github.externalstorage.examples.fulfillment.Orders.OrderItem;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Generates one order. The same batch id and index give the same order on every machine: the seed
 * is a hash of both, and Java specifies the algorithm of {@link Random}.
 */
final class OrderGenerator {

  private static final List<City> CITIES =
      List.of(
          new City("Houston", "TX"),
          new City("Dallas", "TX"),
          new City("Los Angeles", "CA"),
          new City("San Francisco", "CA"),
          new City("Denver", "CO"),
          new City("Miami", "FL"),
          new City("Chicago", "IL"),
          new City("New York", "NY"),
          new City("Seattle", "WA"),
          new City("Atlanta", "GA"));

  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ ";
  private static final int ITEMS_PER_ORDER = 5;
  private static final int DESCRIPTION_LENGTH = 500;
  private static final int NOTES_LENGTH = 200;

  private final int index;
  private final Random random;

  private OrderGenerator(String batchId, int index) {
    this.index = index;
    UUID hash = UUID.nameUUIDFromBytes((batchId + "-" + index).getBytes(UTF_8));
    random = new Random(hash.getMostSignificantBits() ^ hash.getLeastSignificantBits());
  }

  /** Generates the orders 1 to {@code count} of a batch. A larger count only adds orders. */
  static List<Order> generate(String batchId, int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(index -> new OrderGenerator(batchId, index).order())
        .toList();
  }

  private Order order() {
    Customer customer = customer();
    List<OrderItem> items = Stream.generate(this::item).limit(ITEMS_PER_ORDER).toList();
    return new Order(
        numbered("ORD"),
        customer,
        items,
        Orders.sum(items, OrderItem::totalWeightKg),
        text(NOTES_LENGTH));
  }

  private Customer customer() {
    City city = CITIES.get(random.nextInt(CITIES.size()));
    Address address =
        new Address(
            between(100, 9_999) + " Main Street",
            city.name,
            city.state,
            String.valueOf(between(10_000, 99_999)),
            "US");
    return new Customer(
        numbered("CUST"), "Customer " + index, "customer" + index + "@example.com", address);
  }

  private OrderItem item() {
    return new OrderItem(
        "SKU-" + between(10_000, 99_999),
        "Product " + between(1, 999),
        text(DESCRIPTION_LENGTH),
        between(1, 10),
        hundredths(10_00, 1_000_00),
        hundredths(50, 50_00));
  }

  private String numbered(String prefix) {
    return String.format(Locale.ROOT, "%s-%06d", prefix, index);
  }

  private String text(int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }

  private BigDecimal hundredths(int least, int most) {
    return BigDecimal.valueOf(between(least, most), 2);
  }

  private int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  private record City(String name, String state) {}
}
