"""Replays of a history full of large payloads."""

import contextlib
from statistics import median
from typing import Optional

from bench import Bench, Proxy, say
from report import Section, Table, Target, at_most

SIZE = 300 * 1024
WARM_UP = 5
ROUNDS = 21
SLOW_MILLIS = 100
TEXT = f"""\
A worker replays the history of a workflow whose activities returned payloads of 300 KiB: cold with
an empty cache, warm with the same storage again. First with S3, then with a
driver that takes {SLOW_MILLIS} ms for each payload."""


def measure(bench: Bench) -> Section:
    with contextlib.ExitStack() as stack:
        own = stack.enter_context(bench.in_bucket())
        proxy = stack.enter_context(own.proxy())
        beside = own.behind(proxy)
        say("replay: recording histories")
        replays = [
            Replays(stack, beside, "NATIVE", 50, "s3", proxy),
            Replays(stack, beside, "CODEC", 50, "s3", proxy),
            Replays(stack, beside, "NATIVE", 30, str(SLOW_MILLIS)),
        ]
        say("replay: replaying")
        for number in range(WARM_UP + bench.rounds(ROUNDS)):
            for each in replays:
                each.round(counting=number >= WARM_UP)
    table = Table(("", "payloads", "cold, ms", "requests", "warm, ms", "requests"))
    table.rows.extend(each.row() for each in replays)
    return Section("Replay", TEXT, [table], replays[0].reads() + replays[2].times())


class Replays:
    """Replays the same history several times, by one route."""

    def __init__(
        self,
        stack: contextlib.ExitStack,
        bench: Bench,
        route: str,
        payloads: int,
        storage: str,
        proxy: Optional[Proxy] = None,
    ):
        self._what = f"{route.lower()} route, {'S3' if proxy else f'{storage} ms each'}"
        self._payloads = payloads
        self._proxy = proxy
        self._seconds = {True: [], False: []}
        self._requests = {True: set(), False: set()}
        self._program = stack.enter_context(
            bench.java(
                "workflows.ReplayProgram", route, payloads, SIZE, storage, options=["-Xmx1g"]
            )
        )
        self._program.hear()

    def round(self, counting: bool) -> None:
        for cold in (True, False):
            if self._proxy:
                self._proxy.take()
            seconds = self._program.ask(cold=cold)["seconds"]
            if counting:
                self._seconds[cold].append(seconds)
                self._requests[cold].add(self._proxy.take().per(1) if self._proxy else "–")

    def row(self) -> list[str]:
        cells = [self._what, str(self._payloads)]
        for cold in (True, False):
            cells += [f"{self._median(cold) * 1000:.0f}", " or ".join(sorted(self._requests[cold]))]
        return cells

    def reads(self) -> list[Target]:
        """Targets for replays of payloads that this process has already read."""
        warm = " or ".join(sorted(self._requests[False]))
        return [Target("requests of a warm replay", "none", warm, warm == "none")]

    def times(self) -> list[Target]:
        what = f"replay of {self._payloads} references, {self._what}"
        return [
            at_most(f"{what}, cold", 0.25, self._median(True), "s"),
            at_most(f"{what}, warm", 0.02, self._median(False), "s"),
        ]

    def _median(self, cold: bool) -> float:
        return median(self._seconds[cold])
