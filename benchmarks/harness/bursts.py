"""Many payloads at once, over a slow link, few connections, and slow servers."""

import contextlib
import os
import shutil
import subprocess
from dataclasses import dataclass
from typing import Iterator, Sequence

from bench import Bench, say
from report import Section, Table, Target

KIB = 1024
MIB = 1024 * KIB
PLAIN = "plain"
NAMES = {
    PLAIN: "AWS client alone",
    "library": "this library, on the same client",
    "tuned": "this library, on S3StorageClientBuilder's",
}
SLOWEST_RATIO = 1.1
NAMESPACE = "storage-bursts"
TEXT = """\
Seconds to store all payloads at once and to read them, with default clients and settings; in
brackets, how many times as long as with the AWS client alone. The server stands in for S3. The slow
link is the loopback of a network namespace, which only root can create; without it that case is
skipped."""


@dataclass(frozen=True)
class Case:
    name: str
    count: int
    size: int
    connections: int = 0
    """The size of the client's pool; 0 means its default."""
    response_millis: int = 0
    bytes_per_second: int = 0
    link: str = ""
    """The rate of the link in the format of tc; empty for the plain loopback."""


CASES = (
    Case("64 × 2 MiB, link of 100 Mbit/s", 64, 2 * MIB, link="100mbit"),
    Case("64 × 300 KiB, 2 connections, 500 ms", 64, 300 * KIB, connections=2, response_millis=500),
    Case("2 MiB, a proxy passes 400 KB/s on", 1, 2 * MIB, bytes_per_second=400_000),
    Case("300 KiB, S3 responds after 3.5 s", 1, 300 * KIB, response_millis=3500),
)


def measure(bench: Bench) -> Section:
    table = Table(("", "", *(f"{d}, s" for d in ("store", "read")), "failed"))
    targets = []
    for case in CASES:
        say(f"bursts: {case.name}")
        if case.link and not _can_make_links():
            say("bursts: SKIPPED: needs root, ip and tc (iproute2) for a network namespace")
            table.rows.append([case.name, "skipped", "", "", ""])
            continue
        rounds = [_round(bench, case, number) for number in range(bench.rounds(3))]
        outcomes = {contender: _best([it[contender] for it in rounds]) for contender in NAMES}
        for contender, name in NAMES.items():
            table.rows.append([case.name, name, *_cells(outcomes, contender)])
        targets += [_target(case, outcomes, contender) for contender in NAMES if contender != PLAIN]
    return Section("Bursts", TEXT, [table], targets)


def _round(bench: Bench, case: Case, number: int) -> dict[str, dict]:
    with _link(case.link) as prefix, bench.java(
        "bursts.SlowServer", options=["-Xmx1g"], prefix=prefix
    ) as server:
        endpoint = f"http://127.0.0.1:{server.hear()['port']}"
        with bench.java("bursts.BurstProgram", options=["-Xmx2g"], prefix=prefix) as program:
            program.hear()
            outcomes = {}
            # The first, small burst only loads classes; its connections are not used by the others.
            for contender in (*NAMES, *NAMES):
                warm_up = contender not in outcomes
                server.ask(
                    responseMillis=0 if warm_up else case.response_millis,
                    bytesPerSecond=0 if warm_up else case.bytes_per_second,
                )
                outcomes[contender] = program.ask(
                    contender=contender,
                    endpoint=endpoint,
                    connections=case.connections,
                    seed=number,
                    count=2 if warm_up else case.count,
                    size=case.size,
                )
            return outcomes


def _best(outcomes: Sequence[dict]) -> dict:
    """The fastest round, and the failures of all."""

    def of(direction: str) -> dict:
        fastest = min(outcomes, key=lambda it: it[direction]["seconds"])[direction]
        failed = [it[direction] for it in outcomes if it[direction]["failed"]]
        for outcome in failed:
            say(f"bursts: {outcome['failed']} failed: {outcome['failure']}")
        return {"seconds": fastest["seconds"], "failed": sum(it["failed"] for it in failed)}

    return {direction: of(direction) for direction in ("stored", "retrieved")}


def _cells(outcomes: dict[str, dict], contender: str) -> list[str]:
    mine = outcomes[contender]
    times = [
        f"{mine[it]['seconds']:.3g} ({_ratio(outcomes, contender, it):.2f})"
        for it in ("stored", "retrieved")
    ]
    return [*times, str(mine["stored"]["failed"] + mine["retrieved"]["failed"])]


def _ratio(outcomes: dict[str, dict], contender: str, direction: str) -> float:
    return outcomes[contender][direction]["seconds"] / outcomes[PLAIN][direction]["seconds"]


def _target(case: Case, outcomes: dict[str, dict], contender: str) -> Target:
    mine = outcomes[contender]
    failed = mine["stored"]["failed"] + mine["retrieved"]["failed"]
    ratio = _ratio(outcomes, contender, "stored")
    return Target(
        f"{case.name}: storing, {NAMES[contender]}",
        f"≤ {SLOWEST_RATIO} × the AWS client's time, none fails",
        f"{ratio:.2f} ×, {failed} failed",
        ratio <= SLOWEST_RATIO and failed == 0,
    )


def _can_make_links() -> bool:
    return os.geteuid() == 0 and all(map(shutil.which, ("ip", "tc")))


@contextlib.contextmanager
def _link(rate: str) -> Iterator[Sequence[str]]:
    """A command prefix that limits the loopback to this rate."""
    if not rate:
        yield ()
        return
    name = f"{NAMESPACE}-{os.getpid()}"
    inside = ("ip", "netns", "exec", name)
    subprocess.run(["ip", "netns", "add", name], check=True)
    try:
        subprocess.run([*inside, "ip", "link", "set", "lo", "mtu", "1500", "up"], check=True)
        shaping = ["tc", "qdisc", "add", "dev", "lo", "root", "tbf", "rate", rate]
        subprocess.run([*inside, *shaping, "burst", "64kb", "latency", "50ms"], check=True)
        yield inside
    finally:
        subprocess.run(["ip", "netns", "delete", name], check=True)
