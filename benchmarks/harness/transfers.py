"""Storing to and retrieving from S3, at several distances from the server."""

from collections import defaultdict
from dataclasses import dataclass, field
from statistics import median
from typing import Sequence

from bench import Bench, Counts, Proxy, say
from program import Program
from report import Section, Table, Target, at_least, ratio

KIB = 1024
MIB = 1024 * KIB
DELAYS = (0, 5, 20)
STORE, RETRIEVE = "store", "retrieve"
LIBRARY = "library"
UNCACHED = "uncached"
HEAD_THEN_PUT = "head-then-put"
RAW_CHECKSUM = "raw-checksum"
RAW = "raw"
PYTHON = "python"
NAMES = {
    LIBRARY: "this library",
    UNCACHED: "this library, cache off",
    RAW_CHECKSUM: "AWS client, with SHA-256",
    RAW: "AWS client alone",
    HEAD_THEN_PUT: "HEAD, then PUT",
    PYTHON: "Python SDK's driver",
}
CONTENDERS = list(NAMES)
TEXT = """\
Milliseconds per payload, and in brackets how many times as long as with this library. 0 ms is the
server on the same machine without a proxy; in the other columns each request and response takes half
of that time on its way. All but Python run in one JVM on one S3 client; each contender has up to 64
connections, which stay open. The library's cache starts empty in each round and has no hits;
its only effect is work for the garbage collector, which the row without a cache shows."""


@dataclass(frozen=True)
class Scenario:
    """A number of payloads of one size, some of which are transferred at the same time."""

    count: int
    size: int
    at_once: int
    rounds: int
    """The rounds, in which each contender has a turn; doubled where only speed matters."""

    @classmethod
    def parse(cls, text: str) -> "Scenario":
        count, size, at_once = text.replace("/", "x").split("x")
        return cls(int(count), int(size) * KIB, int(at_once), 5)

    def __str__(self) -> str:
        size = f"{self.size // MIB} MiB" if self.size % MIB == 0 else f"{self.size // KIB} KiB"
        how = "one at a time" if self.at_once == 1 else f"{self.at_once} at once"
        return f"{self.count} × {size}, {how}"


ONE_AT_A_TIME = Scenario(20, 300 * KIB, 1, 6)
SCENARIOS = (
    ONE_AT_A_TIME,
    Scenario(64, 300 * KIB, 64, 6),
    Scenario(64, MIB, 64, 5),
    Scenario(8, 40 * MIB, 8, 3),
)


@dataclass(frozen=True)
class Outcome:
    """Seconds of each round, and what went over the wire, by contender and direction."""

    scenario: Scenario
    millis: int
    seconds: dict[tuple[str, str], list[float]] = field(default_factory=lambda: defaultdict(list))
    counts: dict[tuple[str, str], Counts] = field(default_factory=dict)

    def per_payload(self, contender: str, direction: str) -> float:
        """In milliseconds."""
        return median(self.seconds[contender, direction]) / self.scenario.count * 1000

    def advantage(self, contender: str, direction: str) -> float:
        return ratio(self.seconds[contender, direction], self.seconds[LIBRARY, direction])


def measure(bench: Bench) -> Section:
    with (
        bench.proxy() as proxy,
        bench.java("transfers.TransferProgram", options=["-Xmx3g"]) as java,
        bench.python("transfers.py") as python,
    ):
        java.hear()
        python.hear()
        transfers = Transfers(bench, proxy, java, python)
        say("s3: warming up")
        transfers.run(Scenario(64, 300 * KIB, 64, 5), 0)
        outcomes = [
            transfers.run(scenario, millis)
            for scenario in bench.options.transfers
            for millis in DELAYS
        ]
    tables = [_table(outcomes, scenario) for scenario in bench.options.transfers]
    return Section(
        "S3", TEXT, tables, _targets(outcomes), _bars(outcomes), _highlights(outcomes)
    )


class Transfers:
    def __init__(self, bench: Bench, proxy: Proxy, java: Program, python: Program):
        self._bench = bench
        self._proxy = proxy
        self._programs = {**dict.fromkeys(CONTENDERS, java), PYTHON: python}
        self._seed = 0
        self._rounds = 0

    def run(self, scenario: Scenario, millis: int) -> Outcome:
        """All contenders in turn, round by round; the first round only warms up."""
        say(f"s3: {scenario}, {millis} ms")
        outcome = Outcome(scenario, millis)
        self._proxy.delay(millis)
        with self._bench.in_bucket() as bench:
            for number in range(1 + self._bench.rounds(scenario.rounds * (1 if millis else 2))):
                warm_up = number == 0
                self._round(
                    Outcome(scenario, millis) if warm_up else outcome, bench.settings.s3_bucket
                )
        return outcome

    def _round(self, outcome: Outcome, bucket: str) -> None:
        stored = self._transfer(outcome, bucket, LIBRARY)["claims"]
        # The order changes, so that no contender is always first or last.
        self._rounds += 1
        first = self._rounds % len(CONTENDERS)
        for contender in CONTENDERS[first:] + CONTENDERS[:first]:
            self._measure(outcome, bucket, contender, STORE, [])
            if contender != HEAD_THEN_PUT:
                self._measure(outcome, bucket, contender, RETRIEVE, stored)

    def _measure(
        self, outcome: Outcome, bucket: str, contender: str, direction: str, claims: list[dict]
    ) -> None:
        self._proxy.take()
        response = self._transfer(outcome, bucket, contender, claims)
        outcome.seconds[contender, direction].append(response["seconds"])
        outcome.counts[contender, direction] = self._proxy.take()

    def _transfer(
        self, outcome: Outcome, bucket: str, contender: str, claims: Sequence[dict] = ()
    ) -> dict:
        self._seed += 1
        scenario = outcome.scenario
        return self._programs[contender].ask(
            contender=contender,
            endpoint=self._proxy.url if outcome.millis else self._bench.settings.s3_endpoint,
            bucket=bucket,
            atOnce=scenario.at_once,
            seed=self._seed,
            count=scenario.count,
            size=scenario.size,
            claims=claims,
        )


def _table(outcomes: list[Outcome], scenario: Scenario) -> Table:
    mine = [outcome for outcome in outcomes if outcome.scenario == scenario]
    heads = [f"{direction}, {it.millis} ms" for direction in (STORE, RETRIEVE) for it in mine]
    table = Table([str(scenario), *heads, "requests per payload"])
    for contender, name in NAMES.items():
        cells = [
            _cell(outcome, contender, direction)
            for direction in (STORE, RETRIEVE)
            for outcome in mine
        ]
        table.rows.append([name, *cells, _requests(mine[-1], contender)])
    return table


def _cell(outcome: Outcome, contender: str, direction: str) -> str:
    if (contender, direction) not in outcome.seconds:
        return ""
    millis = f"{outcome.per_payload(contender, direction):.3g}"
    if contender == LIBRARY:
        return millis
    return f"{millis} ({outcome.advantage(contender, direction):.2f})"


def _requests(outcome: Outcome, contender: str) -> str:
    counts = (outcome.counts.get((contender, direction)) for direction in (STORE, RETRIEVE))
    return "; ".join(it.per(outcome.scenario.count) for it in counts if it)


def _targets(outcomes: list[Outcome]) -> list[Target]:
    near = [outcome for outcome in outcomes if outcome.millis == 0]
    targets = [
        at_least(
            "store 300 KiB at 20 ms, one at a time, against HEAD, then PUT",
            1.8,
            outcome.advantage(HEAD_THEN_PUT, STORE),
        )
        for outcome in outcomes
        if outcome.scenario == ONE_AT_A_TIME and outcome.millis == 20
    ]
    for against, store, retrieve in ((RAW_CHECKSUM, 0.95, 0.95), (PYTHON, 1.3, 1.1)):
        targets.append(_worst(store, near, against, STORE))
        targets.append(_worst(retrieve, near, against, RETRIEVE))
    return targets


def _worst(wanted: float, outcomes: list[Outcome], contender: str, direction: str) -> Target:
    worst = min(outcomes, key=lambda it: it.advantage(contender, direction))
    return at_least(
        f"{direction} on loopback against {NAMES[contender]}, at worst ({worst.scenario})",
        wanted,
        worst.advantage(contender, direction),
    )


def _highlights(outcomes: list[Outcome]) -> list[Sequence[str]]:
    asked = (
        ("Storing 300 KiB, S3 20 ms away, against HEAD then PUT", 0, 20, HEAD_THEN_PUT, STORE),
        ("The same against the Python SDK's driver", 0, 20, PYTHON, STORE),
        ("Storing 64 × 300 KiB at once, S3 nearby, against Python's", 1, 0, PYTHON, STORE),
        ("Retrieving them, against Python's", 1, 0, PYTHON, RETRIEVE),
        ("Storing them, against the AWS client with SHA-256", 1, 0, RAW_CHECKSUM, STORE),
    )
    return [
        [what, f"{outcome.advantage(contender, direction):.2g} × as fast"]
        for what, scenario, millis, contender, direction in asked
        for outcome in outcomes
        if outcome.scenario == SCENARIOS[scenario] and outcome.millis == millis
    ]


def _bars(outcomes: list[Outcome]) -> dict[str, dict[str, float]]:
    """Storing one payload at a time, by distance and contender."""
    return {
        f"{outcome.millis} ms": {
            name: outcome.per_payload(contender, STORE)
            for contender, name in NAMES.items()
            if contender != UNCACHED
        }
        for outcome in outcomes
        if outcome.scenario == ONE_AT_A_TIME
    }
