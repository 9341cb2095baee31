// The data of the fulfillment example, as it is in JSON, and the creation of a batch.

export interface OrderBatchRequest {
  batch_id: string;
  order_count: number;
}

export interface Address {
  street: string;
  city: string;
  state: string;
  zip_code: string;
  country: string;
}

export interface Customer {
  id: string;
  name: string;
  email: string;
  address: Address;
}

export interface Item {
  sku: string;
  name: string;
  description: string;
  quantity: number;
  unit_price_usd: number;
  weight_kg: number;
}

export interface Order {
  id: string;
  customer: Customer;
  items: Item[];
  total_weight_kg: number;
  shipping_notes: string;
}

export interface ProcessedOrder {
  id: string;
  customer_id: string;
  destination_city: string;
  destination_state: string;
  total_weight_kg: number;
  shipping_cost_usd: number;
  estimated_delivery_days: number;
}

export interface BatchSummary {
  batch_id: string;
  order_count: number;
  total_shipping_cost_usd: number;
  total_weight_kg: number;
  avg_delivery_days: number;
}

type Chance = (max: number) => number;

const CITIES = [
  ['Houston', 'TX'],
  ['Dallas', 'TX'],
  ['Los Angeles', 'CA'],
  ['Denver', 'CO'],
  ['Miami', 'FL'],
  ['Chicago', 'IL'],
  ['New York', 'NY'],
];
const ITEMS_PER_ORDER = 5;
const DESCRIPTION_LENGTH = 500;
const NOTES_LENGTH = 200;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz ';

/** The same orders for the same batch id, however often an activity is attempted. */
export function makeOrders(request: OrderBatchRequest): Order[] {
  return Array.from({ length: request.order_count }, (_, i) =>
    makeOrder(i + 1, seeded(`${request.batch_id}/${i + 1}`)),
  );
}

function makeOrder(number: number, chance: Chance): Order {
  const items = Array.from({ length: ITEMS_PER_ORDER }, () => makeItem(chance));
  const weight = items.reduce((sum, item) => sum + item.weight_kg * item.quantity, 0);
  return {
    id: `ORDER-${padded(number)}`,
    customer: makeCustomer(number, chance),
    items,
    total_weight_kg: rounded(weight, 2),
    shipping_notes: text(NOTES_LENGTH, chance),
  };
}

function makeCustomer(number: number, chance: Chance): Customer {
  const [city, state] = CITIES[chance(CITIES.length)];
  return {
    id: `CUSTOMER-${padded(number)}`,
    name: `Customer No. ${number}`,
    email: `customer-${number}@shop.example`,
    address: {
      street: `${1 + chance(9999)} Harbor Road`,
      city,
      state,
      zip_code: padded(10000 + chance(90000)),
      country: 'US',
    },
  };
}

function makeItem(chance: Chance): Item {
  return {
    sku: `SKU-${padded(chance(100000))}`,
    name: `Article ${1 + chance(500)}`,
    description: text(DESCRIPTION_LENGTH, chance),
    quantity: 1 + chance(10),
    unit_price_usd: (1000 + chance(99000)) / 100,
    weight_kg: (50 + chance(4950)) / 100,
  };
}

export function rounded(value: number, digits: number): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}

function padded(number: number): string {
  return String(number).padStart(5, '0');
}

function text(length: number, chance: Chance): string {
  return Array.from({ length }, () => LETTERS[chance(LETTERS.length)]).join('');
}

/** A linear congruential generator: integers from 0 up to a maximum, exclusive. */
function seeded(seed: string): Chance {
  let state = [...seed].reduce((hash, char) => (hash * 31 + char.charCodeAt(0)) >>> 0, 7);
  return (max) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * max);
  };
}
