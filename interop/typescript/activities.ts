// The fulfillment example's activities.

import { makeOrders, rounded } from './orders.ts';
import type { Order, OrderBatchRequest, ProcessedOrder } from './orders.ts';

const WAREHOUSE_STATE = 'TX';

export async function fetch_orders(request: OrderBatchRequest): Promise<Order[]> {
  return makeOrders(request);
}

export async function process_orders(orders: Order[]): Promise<ProcessedOrder[]> {
  return orders.map(processed);
}

function processed(order: Order): ProcessedOrder {
  const { city, state } = order.customer.address;
  return {
    id: order.id,
    customer_id: order.customer.id,
    destination_city: city,
    destination_state: state,
    total_weight_kg: order.total_weight_kg,
    shipping_cost_usd: rounded(2.5 + 1.2 * order.total_weight_kg, 2),
    estimated_delivery_days: state === WAREHOUSE_STATE ? 2 : 5,
  };
}
