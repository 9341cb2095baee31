"""What every measurement receives: the servers, and a way to start programs."""

import argparse
import contextlib
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Iterator, Sequence

from buckets import bucket
from program import Program
from settings import Settings

MODULE = Path(__file__).resolve().parents[1]
PACKAGE = "io.github.externalstorage.benchmarks"
_START = time.monotonic()


def say(what: str) -> None:
    """Logs the progress to stderr; the results go to stdout."""
    minutes, seconds = divmod(int(time.monotonic() - _START), 60)
    print(f"[{minutes:2}:{seconds:02}] {what}", file=sys.stderr, flush=True)


@dataclass(frozen=True)
class Bench:
    settings: Settings
    logs: Path
    options: argparse.Namespace

    @property
    def quick(self) -> bool:
        return self.options.quick

    def rounds(self, count: int) -> int:
        """The number of rounds: enough for a median, or one with --quick."""
        return 1 if self.quick else count

    def java(
        self,
        main: str,
        *arguments: object,
        options: Sequence[str] = (),
        prefix: Sequence[str] = (),
    ) -> Program:
        command = ("java", *options, *class_path(), f"{PACKAGE}.{main}", *arguments)
        return self._program(*prefix, *command)

    def python(self, script: str) -> Program:
        return self._program(sys.executable, "-B", MODULE / "python" / script)

    def _program(self, *command: object) -> Program:
        words = [str(word) for word in command]
        return Program(words, self.settings.environment(), self.logs / "programs.log")

    @contextlib.contextmanager
    def proxy(self) -> Iterator["Proxy"]:
        """A network of its own in front of the S3 server."""
        with self.java("proxy.DelayingProxy", self.settings.s3_endpoint) as program:
            yield Proxy(program)

    @contextlib.contextmanager
    def in_bucket(self) -> Iterator["Bench"]:
        """The same with a bucket of its own."""
        with bucket(self.settings) as name:
            yield replace(self, settings=replace(self.settings, s3_bucket=name))

    def behind(self, proxy: "Proxy") -> "Bench":
        return replace(self, settings=replace(self.settings, s3_endpoint=proxy.url))


def class_path() -> list[str]:
    return ["-cp", f"{MODULE}/target/classes:{MODULE}/target/lib/*"]


class Proxy:
    def __init__(self, program: Program):
        self._program = program
        self._millis = 0
        self.url = f"http://127.0.0.1:{self._ask()['port']}"

    def delay(self, millis: int) -> None:
        self._millis = millis
        self._ask()

    def take(self) -> "Counts":
        """Returns the traffic since the last call."""
        return Counts(**self._ask()["counts"])

    def _ask(self) -> dict:
        return self._program.ask(millis=self._millis)


@dataclass(frozen=True)
class Counts:
    """Requests by method; bytes as the clients sent and received them."""

    requests: dict[str, int]
    sent: int
    received: int

    def per(self, count: int) -> str:
        kinds = (f"{number / count:.3g} {kind}" for kind, number in self.requests.items())
        return ", ".join(kinds) or "none"
