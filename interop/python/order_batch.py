"""The fulfillment workflow and its activities."""

from dataclasses import dataclass
from datetime import timedelta

from orders import Order, OrderBatchRequest, make_orders
from temporalio import activity, workflow

WAREHOUSE_STATE = "TX"
ACTIVITY_TIMEOUT = timedelta(minutes=5)


@dataclass(frozen=True)
class ProcessedOrder:
    id: str
    customer_id: str
    destination_city: str
    destination_state: str
    total_weight_kg: float
    shipping_cost_usd: float
    estimated_delivery_days: int


@dataclass(frozen=True)
class BatchSummary:
    batch_id: str
    order_count: int
    total_shipping_cost_usd: float
    total_weight_kg: float
    avg_delivery_days: float


@activity.defn
def fetch_orders(request: OrderBatchRequest) -> list[Order]:
    return make_orders(request)


@activity.defn
def process_orders(orders: list[Order]) -> list[ProcessedOrder]:
    return [_processed(order) for order in orders]


def _processed(order: Order) -> ProcessedOrder:
    address = order.customer.address
    return ProcessedOrder(
        id=order.id,
        customer_id=order.customer.id,
        destination_city=address.city,
        destination_state=address.state,
        total_weight_kg=order.total_weight_kg,
        shipping_cost_usd=round(2.50 + 1.20 * order.total_weight_kg, 2),
        estimated_delivery_days=2 if address.state == WAREHOUSE_STATE else 5,
    )


@workflow.defn
class ProcessOrderBatchWorkflow:
    @workflow.run
    async def run(self, request: OrderBatchRequest) -> BatchSummary:
        orders = await workflow.execute_activity(
            fetch_orders, request, start_to_close_timeout=ACTIVITY_TIMEOUT
        )
        processed = await workflow.execute_activity(
            process_orders, orders, start_to_close_timeout=ACTIVITY_TIMEOUT
        )
        return _summary(request.batch_id, processed)


def _summary(batch_id: str, orders: list[ProcessedOrder]) -> BatchSummary:
    days = sum(order.estimated_delivery_days for order in orders)
    return BatchSummary(
        batch_id=batch_id,
        order_count=len(orders),
        total_shipping_cost_usd=round(sum(order.shipping_cost_usd for order in orders), 2),
        total_weight_kg=round(sum(order.total_weight_kg for order in orders), 2),
        avg_delivery_days=round(days / len(orders), 1) if orders else 0.0,
    )
