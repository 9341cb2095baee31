package main

import (
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
)

// The fulfillment example's data, as JSON has it on the wire, and the making of a batch.

type OrderBatchRequest struct {
	BatchID    string `json:"batch_id"`
	OrderCount int    `json:"order_count"`
}

type Address struct {
	Street  string `json:"street"`
	City    string `json:"city"`
	State   string `json:"state"`
	ZipCode string `json:"zip_code"`
	Country string `json:"country"`
}

type Customer struct {
	ID      string  `json:"id"`
	Name    string  `json:"name"`
	Email   string  `json:"email"`
	Address Address `json:"address"`
}

type Item struct {
	SKU          string  `json:"sku"`
	Name         string  `json:"name"`
	Description  string  `json:"description"`
	Quantity     int     `json:"quantity"`
	UnitPriceUSD float64 `json:"unit_price_usd"`
	WeightKg     float64 `json:"weight_kg"`
}

type Order struct {
	ID            string   `json:"id"`
	Customer      Customer `json:"customer"`
	Items         []Item   `json:"items"`
	TotalWeightKg float64  `json:"total_weight_kg"`
	ShippingNotes string   `json:"shipping_notes"`
}

type ProcessedOrder struct {
	ID                    string  `json:"id"`
	CustomerID            string  `json:"customer_id"`
	DestinationCity       string  `json:"destination_city"`
	DestinationState      string  `json:"destination_state"`
	TotalWeightKg         float64 `json:"total_weight_kg"`
	ShippingCostUSD       float64 `json:"shipping_cost_usd"`
	EstimatedDeliveryDays int     `json:"estimated_delivery_days"`
}

type BatchSummary struct {
	BatchID              string  `json:"batch_id"`
	OrderCount           int     `json:"order_count"`
	TotalShippingCostUSD float64 `json:"total_shipping_cost_usd"`
	TotalWeightKg        float64 `json:"total_weight_kg"`
	AvgDeliveryDays      float64 `json:"avg_delivery_days"`
}

const (
	itemsPerOrder     = 5
	descriptionLength = 500
	notesLength       = 200
	letters           = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz "
)

var cities = [][2]string{
	{"Houston", "TX"},
	{"Dallas", "TX"},
	{"Los Angeles", "CA"},
	{"Denver", "CO"},
	{"Miami", "FL"},
	{"Chicago", "IL"},
	{"New York", "NY"},
}

// makeOrders makes the same orders for the same batch id, however often an activity is tried.
func makeOrders(request OrderBatchRequest) []Order {
	orders := make([]Order, 0, request.OrderCount)
	for number := 1; number <= request.OrderCount; number++ {
		seed := fnv.New64a()
		fmt.Fprintf(seed, "%s/%d", request.BatchID, number)
		orders = append(orders, makeOrder(number, rand.New(rand.NewPCG(seed.Sum64(), 0))))
	}
	return orders
}

func makeOrder(number int, chance *rand.Rand) Order {
	order := Order{
		ID:            fmt.Sprintf("ORDER-%05d", number),
		Customer:      makeCustomer(number, chance),
		ShippingNotes: text(notesLength, chance),
	}
	for range itemsPerOrder {
		item := makeItem(chance)
		order.Items = append(order.Items, item)
		order.TotalWeightKg += item.WeightKg * float64(item.Quantity)
	}
	order.TotalWeightKg = rounded(order.TotalWeightKg, 2)
	return order
}

func makeCustomer(number int, chance *rand.Rand) Customer {
	city := cities[chance.IntN(len(cities))]
	return Customer{
		ID:    fmt.Sprintf("CUSTOMER-%05d", number),
		Name:  fmt.Sprintf("Customer No. %d", number),
		Email: fmt.Sprintf("customer-%d@shop.example", number),
		Address: Address{
			Street:  fmt.Sprintf("%d Harbor Road", 1+chance.IntN(9999)),
			City:    city[0],
			State:   city[1],
			ZipCode: fmt.Sprint(10000 + chance.IntN(90000)),
			Country: "US",
		},
	}
}

func makeItem(chance *rand.Rand) Item {
	return Item{
		SKU:          fmt.Sprintf("SKU-%05d", chance.IntN(100000)),
		Name:         fmt.Sprintf("Article %d", 1+chance.IntN(500)),
		Description:  text(descriptionLength, chance),
		Quantity:     1 + chance.IntN(10),
		UnitPriceUSD: float64(1000+chance.IntN(99000)) / 100,
		WeightKg:     float64(50+chance.IntN(4950)) / 100,
	}
}

func text(length int, chance *rand.Rand) string {
	text := make([]byte, length)
	for i := range text {
		text[i] = letters[chance.IntN(len(letters))]
	}
	return string(text)
}

func rounded(value float64, digits int) float64 {
	factor := math.Pow10(digits)
	return math.Round(value*factor) / factor
}
