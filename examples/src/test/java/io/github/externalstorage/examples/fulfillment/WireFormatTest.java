package io.github.externalstorage.examples.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.github.externalstorage.examples.fulfillment.Orders.Address;
import io.github.externalstorage.examples.fulfillment.Orders.BatchSummary;
import io.github.externalstorage.examples.fulfillment.Orders.Customer;
import io.github.externalstorage.examples.fulfillment.Orders.Order;
import io.github.externalstorage.examples.fulfillment.Orders.OrderBatchRequest;
import io.github.externalstorage.examples.fulfillment.Orders.OrderItem;
import io.github.externalstorage.examples.fulfillment.Orders.ProcessedOrder;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DefaultDataConverter;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The JSON of each type with Temporal's default converter, as workers in other languages read it.
 */
final class WireFormatTest {

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of(
            new OrderBatchRequest("BATCH-1", 200), "{'batch_id':'BATCH-1','order_count':200}"),
        Arguments.of(
            new Order(
                "ORD-000001",
                new Customer(
                    "CUST-000001",
                    "Customer 1",
                    "customer1@example.com",
                    new Address("271 Main Street", "Houston", "TX", "40267", "US")),
                List.of(
                    new OrderItem(
                        "SKU-1", "Product 1", "text", 2, new BigDecimal("266.24"), number("3.82"))),
                number("7.64"),
                "notes"),
            "{'id':'ORD-000001','customer':{'id':'CUST-000001','name':'Customer 1',"
                + "'email':'customer1@example.com','address':{'street':'271 Main Street',"
                + "'city':'Houston','state':'TX','zip_code':'40267','country':'US'}},"
                + "'items':[{'sku':'SKU-1','name':'Product 1','description':'text','quantity':2,"
                + "'unit_price_usd':266.24,'weight_kg':3.82}],"
                + "'total_weight_kg':7.64,'shipping_notes':'notes'}"),
        Arguments.of(
            new ProcessedOrder(
                "ORD-000001", "CUST-000001", "Dallas", "TX", number("7.64"), number("11.67"), 2),
            "{'id':'ORD-000001','customer_id':'CUST-000001','destination_city':'Dallas',"
                + "'destination_state':'TX','total_weight_kg':7.64,'shipping_cost_usd':11.67,"
                + "'estimated_delivery_days':2}"),
        Arguments.of(
            new BatchSummary("BATCH-1", 200, number("168224.49"), number("139770.4"), 4.3),
            "{'batch_id':'BATCH-1','order_count':200,'total_shipping_cost_usd':168224.49,"
                + "'total_weight_kg':139770.4,'avg_delivery_days':4.3}"));
  }

  @ParameterizedTest
  @MethodSource("values")
  void isTheSampleOfOtherLanguages(Object value, String json) {
    ByteString data = ByteString.copyFromUtf8(json.replace('\'', '"'));
    Payload payload = DefaultDataConverter.STANDARD_INSTANCE.toPayload(value).orElseThrow();
    assertThat(payload.getData().toStringUtf8()).isEqualTo(data.toStringUtf8());
    assertThat(read(payload.toBuilder().setData(data).build(), value.getClass())).isEqualTo(value);
  }

  private static Object read(Payload payload, Class<?> type) {
    return DefaultDataConverter.STANDARD_INSTANCE.fromPayload(payload, type, type);
  }

  private static BigDecimal number(String value) {
    return new BigDecimal(value);
  }
}
