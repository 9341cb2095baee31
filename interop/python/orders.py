"""The data of the fulfillment example, as it is in JSON, and the creation of a batch."""

import random
import string
from dataclasses import dataclass

CITIES = (
    ("Houston", "TX"),
    ("Dallas", "TX"),
    ("Los Angeles", "CA"),
    ("San Francisco", "CA"),
    ("Denver", "CO"),
    ("Miami", "FL"),
    ("Chicago", "IL"),
    ("New York", "NY"),
    ("Seattle", "WA"),
    ("Atlanta", "GA"),
)
ITEMS_PER_ORDER = 5
DESCRIPTION_LENGTH = 500
NOTES_LENGTH = 200


@dataclass(frozen=True)
class OrderBatchRequest:
    batch_id: str
    order_count: int


@dataclass(frozen=True)
class Address:
    street: str
    city: str
    state: str
    zip_code: str
    country: str


@dataclass(frozen=True)
class Customer:
    id: str
    name: str
    email: str
    address: Address


@dataclass(frozen=True)
class Item:
    sku: str
    name: str
    description: str
    quantity: int
    unit_price_usd: float
    weight_kg: float


@dataclass(frozen=True)
class Order:
    id: str
    customer: Customer
    items: list[Item]
    total_weight_kg: float
    shipping_notes: str


def make_orders(request: OrderBatchRequest) -> list[Order]:
    """The same orders for the same batch id, however often an activity is attempted."""
    return [_order(request.batch_id, number) for number in range(1, request.order_count + 1)]


def _order(batch_id: str, number: int) -> Order:
    chance = random.Random(f"{batch_id}/{number}")
    items = [_item(chance) for _ in range(ITEMS_PER_ORDER)]
    return Order(
        id=f"ORDER-{number:05d}",
        customer=_customer(chance, number),
        items=items,
        total_weight_kg=round(sum(item.weight_kg * item.quantity for item in items), 2),
        shipping_notes=_text(chance, NOTES_LENGTH),
    )


def _customer(chance: random.Random, number: int) -> Customer:
    city, state = chance.choice(CITIES)
    return Customer(
        id=f"CUSTOMER-{number:05d}",
        name=f"Customer No. {number}",
        email=f"customer-{number}@shop.example",
        address=Address(
            street=f"{chance.randint(1, 9999)} Harbor Road",
            city=city,
            state=state,
            zip_code=f"{chance.randint(10000, 99999)}",
            country="US",
        ),
    )


def _item(chance: random.Random) -> Item:
    return Item(
        sku=f"SKU-{chance.randint(0, 99999):05d}",
        name=f"Article {chance.randint(1, 500)}",
        description=_text(chance, DESCRIPTION_LENGTH),
        quantity=chance.randint(1, 10),
        unit_price_usd=round(chance.uniform(10, 1000), 2),
        weight_kg=round(chance.uniform(0.5, 50), 2),
    )


def _text(chance: random.Random, length: int) -> str:
    return "".join(chance.choices(string.ascii_letters + " ", k=length))
