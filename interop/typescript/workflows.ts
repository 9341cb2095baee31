// The fulfillment example's workflow. It is bundled on its own, without the other files.

import { proxyActivities } from '@temporalio/workflow';
import type * as activities from './activities.ts';
import type { BatchSummary, OrderBatchRequest, ProcessedOrder } from './orders.ts';

const { fetch_orders, process_orders } = proxyActivities<typeof activities>({
  startToCloseTimeout: '5 minutes',
  // Otherwise a worker runs the activities of its workflows itself.
  allowEagerDispatch: false,
});

export async function ProcessOrderBatchWorkflow(request: OrderBatchRequest): Promise<BatchSummary> {
  const orders = await fetch_orders(request);
  const processed = await process_orders(orders);
  const days = total(processed, (order) => order.estimated_delivery_days);
  return {
    batch_id: request.batch_id,
    order_count: processed.length,
    total_shipping_cost_usd: rounded(total(processed, (order) => order.shipping_cost_usd), 2),
    total_weight_kg: rounded(total(processed, (order) => order.total_weight_kg), 2),
    avg_delivery_days: rounded(days / Math.max(1, processed.length), 1),
  };
}

function total(orders: ProcessedOrder[], value: (order: ProcessedOrder) => number): number {
  return orders.reduce((sum, order) => sum + value(order), 0);
}

function rounded(value: number, digits: number): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}
