package main

import (
	"context"
	"time"

	"go.temporal.io/sdk/workflow"
)

const warehouseState = "TX"

// fetchOrders is the activity fetch_orders.
func fetchOrders(_ context.Context, request OrderBatchRequest) ([]Order, error) {
	return makeOrders(request), nil
}

// processOrders is the activity process_orders.
func processOrders(_ context.Context, orders []Order) ([]ProcessedOrder, error) {
	processed := make([]ProcessedOrder, 0, len(orders))
	for _, order := range orders {
		address := order.Customer.Address
		days := 5
		if address.State == warehouseState {
			days = 2
		}
		processed = append(processed, ProcessedOrder{
			ID:                    order.ID,
			CustomerID:            order.Customer.ID,
			DestinationCity:       address.City,
			DestinationState:      address.State,
			TotalWeightKg:         order.TotalWeightKg,
			ShippingCostUSD:       rounded(2.50+1.20*order.TotalWeightKg, 2),
			EstimatedDeliveryDays: days,
		})
	}
	return processed, nil
}

// processOrderBatch is the workflow ProcessOrderBatchWorkflow.
func processOrderBatch(ctx workflow.Context, request OrderBatchRequest) (BatchSummary, error) {
	ctx = workflow.WithActivityOptions(ctx, workflow.ActivityOptions{StartToCloseTimeout: 5 * time.Minute})
	var orders []Order
	if err := workflow.ExecuteActivity(ctx, "fetch_orders", request).Get(ctx, &orders); err != nil {
		return BatchSummary{}, err
	}
	var processed []ProcessedOrder
	if err := workflow.ExecuteActivity(ctx, "process_orders", orders).Get(ctx, &processed); err != nil {
		return BatchSummary{}, err
	}
	return summary(request.BatchID, processed), nil
}

func summary(batchID string, orders []ProcessedOrder) BatchSummary {
	var cost, weight, days float64
	for _, order := range orders {
		cost += order.ShippingCostUSD
		weight += order.TotalWeightKg
		days += float64(order.EstimatedDeliveryDays)
	}
	return BatchSummary{
		BatchID:              batchID,
		OrderCount:           len(orders),
		TotalShippingCostUSD: rounded(cost, 2),
		TotalWeightKg:        rounded(weight, 2),
		AvgDeliveryDays:      rounded(days/float64(max(1, len(orders))), 1),
	}
}
