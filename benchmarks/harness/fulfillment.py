"""The example's workflow on the same Temporal server and S3: Java by both routes, and Python."""

import contextlib
import itertools
from statistics import median

from bench import Bench, Counts, Proxy, say
from program import Program
from report import Section, Table, Target, ratio

ROUNDS = 11
WARM_UP = 10
PYTHON = "Python"
NAMES = {"NATIVE": "Java, native route", "CODEC": "Java, codec route", PYTHON: PYTHON}
TEXT = """\
One workflow: fetch orders, process them; gzip, then S3. Worker and starter are one process. Time is
from the start of the workflow to its result, and in brackets how many times as long as Python's."""


def measure(bench: Bench) -> Section:
    with (
        bench.in_bucket() as own,
        own.proxy() as proxy,
        contextlib.ExitStack() as programs,
    ):
        beside = own.behind(proxy)
        runs = Runs(
            proxy,
            {
                "NATIVE": programs.enter_context(_java(beside, "NATIVE")),
                "CODEC": programs.enter_context(_java(beside, "CODEC")),
                PYTHON: programs.enter_context(beside.python("fulfillment_runs.py")),
            },
        )
        say("fulfillment: warming up")
        for _ in range(bench.rounds(WARM_UP)):
            runs.round(bench.options.orders[0])
        outcomes = [
            runs.rounds(orders, bench.rounds(ROUNDS)) for orders in bench.options.orders
        ]
    table = Table(("", "orders", "s", "requests", "KiB sent", "KiB received"))
    table.rows.extend(row for outcome in outcomes for row in outcome.rows())
    targets = [target for outcome in outcomes for target in outcome.targets()]
    highlights = [row for outcome in outcomes[:1] for row in outcome.highlights()]
    return Section("Fulfillment", TEXT, [table], targets, highlights=highlights)


def _java(bench: Bench, route: str) -> Program:
    return bench.java("workflows.FulfillmentProgram", route, options=["-Xmx1g"])


class Runs:
    def __init__(self, proxy: Proxy, programs: dict[str, Program]):
        self._proxy = proxy
        self._programs = programs
        self._numbers = itertools.count(1)
        for program in programs.values():
            program.hear()

    def rounds(self, orders: int, count: int) -> "Outcome":
        say(f"fulfillment: {orders:,} orders")
        return Outcome(orders, [self.round(orders) for _ in range(count)])

    def round(self, orders: int) -> dict[str, tuple[float, Counts]]:
        """Seconds and requests of one run of each."""
        return {name: self._run(program, orders) for name, program in self._programs.items()}

    def _run(self, program: Program, orders: int) -> tuple[float, Counts]:
        self._proxy.take()
        seconds = program.ask(batch=f"BATCH-{next(self._numbers)}", orders=orders)["seconds"]
        return seconds, self._proxy.take()


class Outcome:
    def __init__(self, orders: int, rounds: list[dict[str, tuple[float, Counts]]]):
        self._orders = orders
        self._seconds = {name: [it[name][0] for it in rounds] for name in NAMES}
        self._counts = {name: [it[name][1] for it in rounds] for name in NAMES}

    def rows(self) -> list[list[str]]:
        return [
            [
                NAMES[name],
                f"{self._orders:,}",
                f"{median(self._seconds[name]):.3f} ({self._share(name):.2f})",
                self._requests(name),
                f"{median(counts.sent for counts in self._counts[name]) / 1024:,.0f}",
                f"{median(counts.received for counts in self._counts[name]) / 1024:,.0f}",
            ]
            for name in NAMES
        ]

    def targets(self) -> list[Target]:
        targets = []
        for route in ("NATIVE", "CODEC"):
            requests = self._requests(route)
            what = f"fulfillment of {self._orders:,} orders, {NAMES[route]}"
            targets.append(Target(f"{what}: requests", "1 PUT", requests, requests == "1 PUT"))
            share = self._share(route)
            targets.append(
                Target(f"{what}: of Python's time", "≤ 0.8 ×", f"{share:.2f} ×", share <= 0.8)
            )
        return targets

    def highlights(self) -> list[list[str]]:
        return [
            ["Requests of the fulfillment example", self._requests("NATIVE")],
            ["The same with the Python SDK", self._requests(PYTHON)],
            ["Its time, against Python's", f"{self._share('NATIVE'):.2f} ×"],
        ]

    def _requests(self, name: str) -> str:
        return " or ".join(sorted({counts.per(1) for counts in self._counts[name]}))

    def _share(self, name: str) -> float:
        return ratio(self._seconds[name], self._seconds[PYTHON])
