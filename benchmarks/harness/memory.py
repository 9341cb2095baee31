"""The heap that many and large payloads need."""

from dataclasses import dataclass

from bench import Bench, say
from report import Section, Table, Target

KIB = 1024
MIB = 1024 * KIB
SMALL = 300 * KIB
# Including the rest of the payload, at most the driver's default limit of 50 MiB.
LARGE = 50 * MIB - KIB
FLAT = 1.5
TEXT = """\
Callers of one storage create a payload, store it, drop it, read it and drop it again. The peak is
the most of the heap that was in use after a full garbage collection, of which there are two a
second. Each payload of 300 KiB has its own bytes. Those of 50 MiB share all but the first bytes,
since the heap could not even hold 64 of them."""


@dataclass(frozen=True)
class Batch:
    payloads: int
    seconds: float
    peak: int

    def each(self) -> float:
        """In milliseconds."""
        return self.seconds / self.payloads * 1000

    def row(self, what: str) -> list[str]:
        return [what, f"{self.payloads:,}", f"{self.each():.3g}", str(self.peak)]


def measure(bench: Bench) -> Section:
    table = Table(("", "payloads", "ms each", "peak, MiB"))
    targets = []
    with bench.in_bucket() as own:
        for memory in ("cached", "uncached"):
            what = f"4 callers, 300 KiB, -Xmx256m, {memory}"
            say(f"memory: {what}")
            batches = _growth(own, memory)
            table.rows.extend(batch.row(what) for batch in batches)
            targets.append(_flat(what, batches))
        what = "64 callers, 50 MiB, -Xmx768m"
        say(f"memory: {what}")
        try:
            batches = _run(own, "768m", "shared", LARGE, "cached", 64, [64])
            table.rows.extend(batch.row(what) for batch in batches)
            targets.append(Target(what, "finish", "finished", True))
        except RuntimeError as failure:
            targets.append(Target(what, "finish", str(failure), False))
    return Section("Memory", TEXT, [table], targets)


def _growth(bench: Bench, memory: str) -> list[Batch]:
    counts = [10, 100, 1_000] if bench.quick else [10, 100, 1_000, 10_000]
    # The first batch warms up the JVM.
    return _run(bench, "256m", "own", SMALL, memory, 4, [1_000, *counts])[1:]


def _run(
    bench: Bench, heap: str, source: str, size: int, memory: str, callers: int, counts: list[int]
) -> list[Batch]:
    program = bench.java(
        "memory.RoundTripProgram", source, size, memory, options=[f"-Xmx{heap}"]
    )
    with program:
        program.hear()
        responses = [(count, program.ask(callers=callers, count=count)) for count in counts]
    return [Batch(count, it["seconds"], it["heapMebibytes"]) for count, it in responses]


def _flat(what: str, batches: list[Batch]) -> Target:
    """Whether the last batch, with a hundred times the payloads, is as good as the one of 100."""
    few, many = batches[1], batches[-1]
    time, peak = many.each() / few.each(), many.peak / few.peak
    return Target(
        f"{what}: {many.payloads:,} payloads against {few.payloads}",
        f"≤ {FLAT} × time and peak",
        f"{time:.2f} × time, {peak:.2f} × peak",
        max(time, peak) <= FLAT,
    )
